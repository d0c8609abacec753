import { ok, type Result, refuse } from '../../../shared/result.ts'

/** Host and port of an https address, by which its owner confirms it. */
export function hostOf(text: string): Result<string> {
  const url = URL.canParse(text) && !/\s/.test(text) ? new URL(text) : null
  const good = url?.protocol === 'https:' && url.username === '' && url.password === '' && url.hostname !== ''
  return good ? ok(url.host) : refuse({ code: 'test.url-invalid', url: text.slice(0, 300) })
}
