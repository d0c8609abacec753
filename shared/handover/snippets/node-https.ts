import { expressionOf, lines, type SnippetKind, trusts } from '../snippet.ts'
import { credentialsInJs, headersInJs, imports, inJs, urlInJs } from './javascript.ts'

export const nodeHttps: SnippetKind = {
  id: 'node-https',
  name: 'Node, https',
  language: 'js',
  file: 'call.mjs',
  needs: 'Node 18 or newer',
  run: 'node call.mjs',
  trust: trusts('the authorities that come with Node, not those of the system'),
  write(call) {
    const { method, body, blanks } = call
    return lines(
      imports("import { request } from 'node:https'"),
      `const call = request(${urlInJs(call)}, {`,
      `  method: ${inJs.quote(method)},`,
      headersInJs(call),
      credentialsInJs(call, '  '),
      '})',
      "call.on('response', async (answer) => {",
      '  console.log(answer.statusCode)',
      '  for await (const piece of answer) process.stdout.write(piece)',
      '})',
      body === undefined ? 'call.end()' : `call.end(${expressionOf(body, blanks, inJs)})`,
    )
  },
}
