import { expressionOf, lines, type SnippetKind, trusts } from '../snippet.ts'
import { credentialsInJs, headersInJs, imports, inJs, urlInJs } from './javascript.ts'

export const nodeFetch: SnippetKind = {
  id: 'node-fetch',
  name: 'Node, fetch with undici',
  language: 'js',
  file: 'call.mjs',
  needs: 'Node 20.18 or newer, undici 7',
  run: 'npm install undici@7 && node call.mjs',
  trust: trusts('the authorities that come with Node, not those of the system'),
  notes: () => [
    'The built-in fetch ignores an https.Agent, so the certificate would not be sent: it takes a dispatcher, of the same undici that fetch comes from.',
  ],
  write(call) {
    const { method, body, blanks } = call
    return lines(
      imports("import { Agent, fetch } from 'undici'"),
      'const dispatcher = new Agent({',
      '  connect: {',
      credentialsInJs(call, '    '),
      '  },',
      '})',
      `const answer = await fetch(${urlInJs(call)}, {`,
      '  dispatcher,',
      `  method: ${inJs.quote(method)},`,
      headersInJs(call),
      body !== undefined && `  body: ${expressionOf(body, blanks, inJs)},`,
      '})',
      'console.log(answer.status)',
      'console.log(await answer.text())',
    )
  },
}
