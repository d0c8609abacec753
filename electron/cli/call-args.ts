import { ok, type Result, refuse } from '../../shared/result.ts'
import { methods, type ProbeOptions } from '../tls/probe-options.ts'
import { type Arguments, splitOnce, usageProblem } from './args.ts'
import { readGiven } from './read-given.ts'

export type Call = Pick<ProbeOptions, 'url' | 'method' | 'headers' | 'body'>

/** What is asked of the server, from the address and the options about it. */
export async function callGiven(url: string, args: Arguments): Promise<Result<Call>> {
  const parsed = URL.canParse(url) && !/\s/.test(url) ? new URL(url) : null
  if (parsed?.protocol !== 'https:' || parsed.username !== '')
    return refuse({ code: 'test.url-invalid', url: url.slice(0, 300) })
  const headers: Call['headers'] = []
  for (const given of args.all('header')) {
    const lines = given.startsWith('@') ? await textOf(given.slice(1)) : ok(given)
    if (!lines.ok) return lines
    for (const line of lines.value.split(/\r?\n/)) {
      const [name, value] = splitOnce(line, ':')
      if (line.trim() === '') continue
      // The line itself may hold a secret: it is not repeated.
      if (value === undefined) return usageProblem('--header takes NAME: VALUE')
      headers.push({ name: name.trim(), value: value.trim() })
    }
  }
  const data = args.one('data')
  const body = data?.startsWith('@') ? await textOf(data.slice(1)) : ok(data)
  if (!body.ok) return body
  const method = (args.one('method') ?? (data === undefined ? 'GET' : 'POST')).toUpperCase()
  if (!methods.includes(method)) return usageProblem(methodWords(method))
  return ok({ url, method, headers, body: body.value })
}

function methodWords(method: string): string {
  const takes = `--method takes ${methods.slice(0, -1).join(', ')} or ${methods.at(-1)}`
  if (method === 'CONNECT') return `${takes}; CONNECT is for proxies: see --proxy`
  if (method === 'TRACE') return `${takes}; TRACE would send back what is secret`
  return `${takes}, not “${method.slice(0, 20)}”`
}

async function textOf(path: string): Promise<Result<string>> {
  const read = await readGiven(path, 1024 * 1024)
  return read.ok ? ok(new TextDecoder().decode(read.value)) : read
}
