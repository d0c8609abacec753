import { expressionOf, lines, type SnippetKind, trusts } from '../snippet.ts'
import { credentialsInJs, headersInJs, imports, inJs, urlInJs } from './javascript.ts'

export const axios: SnippetKind = {
  id: 'axios',
  name: 'Node, axios',
  language: 'js',
  file: 'call.mjs',
  needs: 'Node 18 or newer, axios 1',
  run: 'npm install axios@1 && node call.mjs',
  trust: trusts('the authorities that come with Node, not those of the system'),
  notes: () => ['In a browser the agent is ignored: there the browser itself chooses a certificate.'],
  write(call) {
    const { method, body, blanks } = call
    return lines(
      imports("import { Agent } from 'node:https'", "import axios from 'axios'"),
      'const httpsAgent = new Agent({',
      credentialsInJs(call, '  '),
      '})',
      'const answer = await axios.request({',
      `  url: ${urlInJs(call)},`,
      '  httpsAgent,',
      // Axios would go through a proxy of the environment by itself, without the agent's certificate.
      '  proxy: false,',
      `  method: ${inJs.quote(method)},`,
      headersInJs(call),
      body !== undefined && `  data: ${expressionOf(body, blanks, inJs)},`,
      "  responseType: 'text',",
      '  validateStatus: () => true,',
      '})',
      'console.log(answer.status)',
      'console.log(answer.data)',
    )
  },
}
