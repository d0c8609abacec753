import { type Dialect, expressionOf, lines, passphraseVariable, type SnippetKind } from '../snippet.ts'
import { headersInJs, inJs } from './javascript.ts'

const inK6: Dialect = {
  ...inJs,
  env: (variable) => `__ENV.${variable}`,
  envInUrl: (variable) => `encodeURIComponent(__ENV.${variable})`,
}

export const k6: SnippetKind = {
  id: 'k6',
  name: 'k6',
  language: 'js',
  file: 'load.js',
  needs: 'k6 0.49 or newer',
  run: 'k6 run load.js',
  trust: ({ files }) =>
    files.serverCa
      ? `Trusts what SSL_CERT_FILE names, on Linux: SSL_CERT_FILE=${files.serverCa} k6 run load.js`
      : 'Trusts the system’s authorities.',
  notes: () => ['One call by one user, as it stands. A provider’s real systems are not to be loaded without its word.'],
  write(call) {
    const { url, method, body, files, blanks, locked } = call
    const { hostname } = new URL(url)
    return lines(
      "import http from 'k6/http'",
      "import { check } from 'k6'",
      '',
      'export const options = {',
      '  vus: 1,',
      '  iterations: 1,',
      '  tlsAuth: [',
      '    {',
      `      domains: [${inK6.quote(hostname)}],`,
      `      cert: open(${inK6.quote(files.certificate)}),`,
      `      key: open(${inK6.quote(files.key)}),`,
      locked && `      password: __ENV.${passphraseVariable},`,
      '    },',
      '  ],',
      '}',
      '',
      'export default function () {',
      `  const answer = http.request(${inK6.quote(method)}, ${expressionOf(url, blanks, inK6, 'url')}, ${
        body === undefined ? 'null' : expressionOf(body, blanks, inK6)
      }, {`,
      headersInJs(call, inK6).map((line) => `  ${line}`),
      '  })',
      '  check(answer, { answered: ({ status }) => status > 0 })',
      '  console.log(answer.status, answer.body)',
      '}',
    )
  },
}
