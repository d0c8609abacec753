import type { Attempt } from './attempt.ts'

type HttpAnswer = NonNullable<Attempt['http']>

const longestHead = 64 * 1024
const longestBody = 64 * 1024

/** RFC 9112 section 7.1: sizes in hex before each piece; what breaks off is given as far as it came. */
function dechunked(text: string): string {
  const pieces: string[] = []
  for (let at = 0; at < text.length; ) {
    const lineEnd = text.indexOf('\r\n', at)
    const size = Number.parseInt(text.slice(at, Math.max(at, lineEnd)), 16)
    if (lineEnd < 0 || !(size > 0)) break
    pieces.push(text.slice(lineEnd + 2, lineEnd + 2 + size))
    at = lineEnd + 4 + size
  }
  return pieces.join('')
}

/**
 * The HTTP/1.1 answer at the beginning of what a server said (RFC 9112 section 4), its body as text and at most 64 KiB of
 * it; a packed body is left out. Null when it is no such answer. Never throws.
 */
export function httpAnswerIn(bytes: Uint8Array): HttpAnswer | null {
  const text = Array.from(bytes.subarray(0, longestHead + longestBody), (byte) => String.fromCharCode(byte)).join('')
  const end = text.indexOf('\r\n\r\n')
  const [first = '', ...lines] = text.slice(0, Math.min(end < 0 ? text.length : end, longestHead)).split('\r\n')
  const status = /^HTTP\/1\.[01] (\d{3})(?: (.*))?$/.exec(first)
  if (!status) return null
  const headers = lines.flatMap((line): [string, string][] => {
    const colon = line.indexOf(':')
    return colon > 0 ? [[line.slice(0, colon), line.slice(colon + 1).trim()]] : []
  })
  const header = (name: string) => headers.find(([found]) => found.toLowerCase() === name)?.[1]?.toLowerCase()
  const raw = end < 0 ? '' : text.slice(end + 4)
  const plain = header('transfer-encoding') === 'chunked' ? dechunked(raw) : raw
  const packed = header('content-encoding') !== undefined && header('content-encoding') !== 'identity'
  const latin = packed ? '' : plain.slice(0, longestBody)
  const body = new TextDecoder().decode(Uint8Array.from(latin, (char) => char.charCodeAt(0)))
  const truncated = end < 0 || bytes.length > longestHead + longestBody
  return { status: Number(status[1]), statusText: status[2] ?? '', headers, body, bodyBytes: plain.length, truncated }
}
