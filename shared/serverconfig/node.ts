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

/** Node's own `https`. */
export const node: Configure = (wish) => ({
  needs: nodeFrom,
  prepare: [],
  check: null,
  reload: 'kill -HUP $(pgrep -f door.mjs)',
  refusesRevoked: wish.crl !== undefined,
  proven: 'Node 20',
  caveats: nodeCaveats(wish),
  files: [
    {
      name: 'door.mjs',
      language: 'javascript',
      text: text([
        nodePurpose(wish),
        ...nodeImports(["import { createServer } from 'node:https'"]),
        '',
        ...nodeFiles(wish),
        '',
        ...nodeCaller(wish),
        '',
        '// requestCert alone asks, and lets in whoever answers: rejectUnauthorized refuses.',
        'const server = createServer({',
        '  ...read(),',
        ...demands,
        '}, (request, response) => {',
        '  const caller = callerOf(request.socket)',
        '  if (!caller) return response.writeHead(403).end()',
        "  response.setHeader('Content-Type', 'application/json')",
        '  response.end(JSON.stringify({ caller }))',
        '})',
        "server.on('tlsClientError', (error) => console.error('Refused:', error.code ?? error.message))",
        '',
        ...nodeReload('server'),
        '',
        `server.listen(${nodeListen(wish)})`,
      ]),
    },
  ],
})
