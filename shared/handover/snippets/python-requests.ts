import { expressionOf, jsonQuote, lines, type SnippetKind } from '../snippet.ts'
import { argumentsInPython, contextInPython, inPython } from './python.ts'

/** `cert=(…)` of requests takes no passphrase, so an adapter brings a TLS context of its own. */
export const pythonRequests: SnippetKind = {
  id: 'python-requests',
  name: 'Python, requests',
  language: 'python',
  file: 'call.py',
  needs: 'Python 3.8 or newer, requests 2.20 or newer',
  run: 'python3 call.py',
  trust: ({ files }) =>
    files.serverCa
      ? `Only the authorities in ${files.serverCa} are trusted; REQUESTS_CA_BUNDLE is not looked at.`
      : 'Trusts the authorities of certifi beside those of the system; REQUESTS_CA_BUNDLE replaces certifi’s.',
  write(call) {
    const { url, method, blanks, files } = call
    const { imports, context } = contextInPython(call)
    return lines(
      imports,
      '',
      'import requests',
      'from requests.adapters import HTTPAdapter',
      '',
      context,
      '',
      '',
      'class MutualTls(HTTPAdapter):',
      '    def init_poolmanager(self, *args, **kwargs):',
      '        return super().init_poolmanager(*args, ssl_context=context, **kwargs)',
      '',
      '',
      'session = requests.Session()',
      'session.mount("https://", MutualTls())',
      files.serverCa && [
        '# Or else an environment variable could name other authorities.',
        'session.trust_env = False',
        `session.verify = ${jsonQuote(files.serverCa)}`,
      ],
      'answer = session.request(',
      `    ${jsonQuote(method)},`,
      `    ${expressionOf(url, blanks, inPython, 'url')},`,
      argumentsInPython(call, 'data'),
      '    timeout=30,',
      ')',
      'print(answer.status_code)',
      'print(answer.text)',
    )
  },
}
