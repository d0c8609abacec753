import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import type { Readable } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { Attempt } from '../../shared/tls/attempt.ts'

export type Call = { url: URL; method: string; headers: { name: string; value: string }[]; body?: string }
export type HttpAnswer = NonNullable<Attempt['http']>

const longestBody = 64 * 1024

/** What the caller may not set: they frame the message, and two framings are how requests get smuggled. */
const framing = new Set(['content-length', 'transfer-encoding', 'connection', 'upgrade', 'expect'])

/** A request that is not sent yet; `lost` resolves with the error that ends it, whenever that comes. */
export type Prepared = { outgoing: ClientRequest; lost: Promise<Error> }

/** Throws for headers, methods and paths that HTTP does not allow. */
export function prepare(socket: TLSSocket, call: Call): Prepared {
  const outgoing = request({
    createConnection: () => socket,
    method: call.method,
    host: call.url.hostname,
    path: `${call.url.pathname}${call.url.search}`,
    setHost: false,
  })
  // First of all: a header that cannot be set leaves the request behind, and its later error must have an ear.
  const lost = new Promise<Error>((tell) => outgoing.on('error', tell))
  setHeaders(outgoing, call)
  return { outgoing, lost }
}

/**
 * Sends a prepared HTTP/1.1 request and reads the answer. Redirects are not followed. Answers once the body has ended
 * or is longer than is kept; rejects when no answer came.
 */
export function answerTo(
  { outgoing, lost }: Prepared,
  body: string | undefined,
  wrote: () => void,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    lost.then(reject)
    outgoing.on('finish', wrote)
    outgoing.on('upgrade', (incoming, upgraded) => {
      upgraded.destroy()
      resolve({ ...headOf(incoming), body: '', bodyBytes: 0, truncated: false })
    })
    outgoing.on('response', (incoming) => {
      readBody(incoming).then((read) => resolve({ ...headOf(incoming), ...read }), reject)
    })
    outgoing.end(body)
  })
}

function setHeaders(outgoing: ClientRequest, { url, headers }: Call) {
  const values = new Map<string, { name: string; values: string[] }>()
  const defaults = [
    { name: 'Host', value: url.host },
    { name: 'Accept', value: '*/*' },
    { name: 'Accept-Encoding', value: 'identity' },
    { name: 'User-Agent', value: 'countersign' },
  ]
  for (const { name, value } of headers) {
    const entry = values.get(name.toLowerCase()) ?? { name, values: [] }
    entry.values.push(value)
    if (!framing.has(name.toLowerCase())) values.set(name.toLowerCase(), entry)
  }
  for (const { name, value } of defaults) {
    if (!values.has(name.toLowerCase())) values.set(name.toLowerCase(), { name, values: [value] })
  }
  for (const { name, values: all } of values.values()) {
    outgoing.setHeader(name, all.length === 1 ? (all[0] ?? '') : all)
  }
}

function headOf(incoming: IncomingMessage): Pick<HttpAnswer, 'status' | 'statusText' | 'headers'> {
  const headers: [string, string][] = []
  for (let i = 0; i + 1 < incoming.rawHeaders.length; i += 2) {
    headers.push([incoming.rawHeaders[i] ?? '', incoming.rawHeaders[i + 1] ?? ''])
  }
  return { status: incoming.statusCode ?? 0, statusText: incoming.statusMessage ?? '', headers }
}

function decompressor(encoding: string | undefined) {
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip()
  if (encoding === 'deflate') return createInflate()
  if (encoding === 'br') return createBrotliDecompress()
  return null
}

/** Some servers compress although asked not to. */
function unpacked(incoming: IncomingMessage): Readable {
  const stream = decompressor(incoming.headers['content-encoding']?.toLowerCase())
  if (!stream) return incoming
  incoming.on('error', () => stream.destroy())
  incoming.on('aborted', () => stream.destroy())
  return incoming.pipe(stream)
}

/** The status is an answer even when the body then breaks off: what came of it is kept, and marked. */
function readBody(incoming: IncomingMessage): Promise<Pick<HttpAnswer, 'body' | 'bodyBytes' | 'truncated'>> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let bodyBytes = 0
    const done = (truncated: boolean) => {
      const body = Buffer.concat(chunks).subarray(0, longestBody).toString('utf8')
      incoming.destroy()
      resolve({ body, bodyBytes, truncated })
    }
    const body = unpacked(incoming)
    body.on('data', (chunk: Buffer) => {
      if (bodyBytes < longestBody) chunks.push(chunk)
      bodyBytes += chunk.length
      if (bodyBytes > longestBody) done(true)
    })
    body.on('end', () => done(false))
    body.on('error', () => done(true))
    body.on('close', () => done(true))
  })
}
