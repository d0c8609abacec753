import type { Configure } from './configuration.ts'
import {
  demands,
  nodeCaller,
  nodeCaveats,
  nodeFiles,
  nodeFrom,
  nodeImports,
  nodePurpose,
  nodeReload,
} from './node-pieces.ts'
import { text } from './pieces.ts'

/** Fastify, which makes the server of `node:https` itself. */
export const fastify: Configure = (wish) => ({
  needs: `Fastify 4 or 5, ${nodeFrom}`,
  prepare: ['npm install fastify'],
  check: null,
  reload: 'kill -HUP $(pgrep -f door.mjs)',
  refusesRevoked: wish.crl !== undefined,
  proven: 'Fastify 5 on Node 20',
  caveats: nodeCaveats(wish),
  files: [
    {
      name: 'door.mjs',
      language: 'javascript',
      text: text([
        nodePurpose(wish),
        ...nodeImports(["import fastify from 'fastify'"]),
        '',
        ...nodeFiles(wish),
        '',
        ...nodeCaller(wish),
        '',
        '// requestCert alone asks, and lets in whoever answers: rejectUnauthorized refuses.',
        'const app = fastify({ https: {',
        '  ...read(),',
        ...demands,
        '} })',
        '// Before every route: who is not let in here reaches none.',
        "app.decorateRequest('caller', null)",
        "app.addHook('onRequest', async (request, reply) => {",
        '  request.caller = callerOf(request.raw.socket)',
        '  if (!request.caller) return reply.code(403).send()',
        '})',
        "app.all('/*', async (request) => ({ caller: request.caller }))",
        "app.server.on('tlsClientError', (error) => console.error('Refused:', error.code ?? error.message))",
        '',
        ...nodeReload('app.server'),
        '',
        `await app.listen({ port: ${wish.port}, host: '${wish.address ?? '::'}' })`,
      ]),
    },
  ],
})
