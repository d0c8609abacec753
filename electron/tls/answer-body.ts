import type { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { Attempt } from '../../shared/tls/attempt.ts'

export type HttpAnswer = NonNullable<Attempt['http']>

const longestBody = 64 * 1024

function decompressor(encoding: string | undefined) {
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip()
  if (encoding === 'deflate') return createInflate()
  if (encoding === 'br') return createBrotliDecompress()
  return null
}

/**
 * The first 64 KiB of a body, unpacked: some servers compress although asked not to. The status is an answer even when
 * the body then breaks off or does not end in time: what came of it is kept, and marked.
 */
export function readBody(
  incoming: Readable,
  encoding: string | undefined,
  signal: AbortSignal,
): Promise<Pick<HttpAnswer, 'body' | 'bodyBytes' | 'truncated'>> {
  return new Promise((resolve) => {
    const stream = decompressor(encoding?.toLowerCase())
    const chunks: Buffer[] = []
    let bodyBytes = 0
    const done = (truncated: boolean) => {
      signal.removeEventListener('abort', late)
      const body = Buffer.concat(chunks).subarray(0, longestBody).toString('utf8')
      incoming.destroy()
      stream?.destroy()
      resolve({ body, bodyBytes, truncated })
    }
    const late = () => done(true)
    if (signal.aborted) return late()
    signal.addEventListener('abort', late, { once: true })
    if (stream) for (const end of ['error', 'aborted', 'close']) incoming.on(end, () => stream.end())
    else incoming.on('close', () => done(true))
    const body = stream ? incoming.pipe(stream) : incoming
    body.on('data', (chunk: Buffer) => {
      if (bodyBytes < longestBody) chunks.push(chunk)
      bodyBytes += chunk.length
      if (bodyBytes > longestBody) done(true)
    })
    body.on('end', () => done(false))
    for (const end of ['error', 'close']) body.on(end, () => done(true))
  })
}
