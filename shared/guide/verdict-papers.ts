import { type CauseCode, catalogue } from '../tls/failures.ts'
import { type Paper, paperOfCode } from './papers.ts'

/** The section of docs/verdicts.md that lists the codes of an area; rows of a table have no anchor of their own. */
const sections: Readonly<
  Record<CauseCode extends infer C ? (C extends `${infer Area}.${string}` ? Area : C) : never, string>
> = {
  ok: 'accepted',
  client: 'your-certificate',
  server: 'the-server',
  tls: 'the-handshake',
  net: 'the-way-there',
  http: 'the-answer',
  file: 'the-files',
  test: 'the-test-itself',
}

/** The paragraph about a cause, or about the problem that stands in its place where nothing was sent. */
export function paperOfCause(code: string): Paper | undefined {
  if (!Object.hasOwn(catalogue, code)) return paperOfCode(code)
  const [area] = code.split('.')
  return `docs/verdicts.md#${sections[area as keyof typeof sections]}`
}
