import type { Configure } from './configuration.ts'
import {
  demands,
  nodeCaller,
  nodeCaveats,
  nodeFiles,
  nodeFrom,
  nodeImports,
  nodeListen,
  nodePurpose,
  nodeReload,
} from './node-pieces.ts'
import { text } from './pieces.ts'

/** Express on Node's `https`. */
export const express: Configure = (wish) => ({
  needs: `Express 4 or 5, ${nodeFrom}`,
  prepare: ['npm install express'],
  check: null,
  reload: 'kill -HUP $(pgrep -f door.mjs)',
  refusesRevoked: wish.crl !== undefined,
  proven: 'Express 5 on Node 20',
  caveats: [
    ...nodeCaveats(wish),
    'app.listen() would serve plain HTTP: the server is made by node:https and given the app.',
  ],
  files: [
    {
      name: 'door.mjs',
      language: 'javascript',
      text: text([
        nodePurpose(wish),
        ...nodeImports(["import { createServer } from 'node:https'", "import express from 'express'"]),
        '',
        ...nodeFiles(wish),
        '',
        ...nodeCaller(wish),
        '',
        'const app = express()',
        "app.disable('x-powered-by')",
        '// Before every route: who is not let in here reaches none.',
        'app.use((request, response, next) => {',
        '  response.locals.caller = callerOf(request.socket)',
        '  if (!response.locals.caller) return response.sendStatus(403)',
        '  next()',
        '})',
        'app.use((request, response) => response.json({ caller: response.locals.caller }))',
        '',
        '// requestCert alone asks, and lets in whoever answers: rejectUnauthorized refuses.',
        'const server = createServer({',
        '  ...read(),',
        ...demands,
        '}, app)',
        "server.on('tlsClientError', (error) => console.error('Refused:', error.code ?? error.message))",
        '',
        ...nodeReload('server'),
        '',
        `server.listen(${nodeListen(wish)})`,
      ]),
    },
  ],
})
