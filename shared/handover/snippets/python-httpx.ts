import { expressionOf, jsonQuote, lines, type SnippetKind, trusts } from '../snippet.ts'
import { argumentsInPython, contextInPython, inPython } from './python.ts'

export const pythonHttpx: SnippetKind = {
  id: 'python-httpx',
  name: 'Python, httpx',
  language: 'python',
  file: 'call.py',
  needs: 'Python 3.8 or newer, httpx 0.23 or newer',
  run: 'python3 call.py',
  trust: trusts('the system’s authorities, by way of Python’s ssl module'),
  write(call) {
    const { url, method, blanks } = call
    const { imports, context } = contextInPython(call)
    return lines(
      imports,
      '',
      'import httpx',
      '',
      context,
      '',
      'with httpx.Client(verify=context, timeout=30) as client:',
      '    answer = client.request(',
      `        ${jsonQuote(method)},`,
      `        ${expressionOf(url, blanks, inPython, 'url')},`,
      argumentsInPython(call, 'content').map((line) => `    ${line}`),
      '    )',
      'print(answer.status_code)',
      'print(answer.text)',
    )
  },
}
