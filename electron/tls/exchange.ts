import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import type { TLSSocket } from 'node:tls'
import { type HttpAnswer, readBody } from './answer-body.ts'
import { type Call, requestHeaders } from './request-headers.ts'

/**
 * A request that is not sent yet. `lost` resolves with the error that ends it, whenever that comes; `answered` with the
 * answer, which a server may give before it was asked.
 */
export type Prepared = {
  outgoing: ClientRequest
  lost: Promise<Error>
  answered: Promise<HttpAnswer>
}

/**
 * Throws for headers, methods and paths that HTTP does not allow. Redirects are not followed. `begun` is called when the
 * head of an answer is there; from then on it stays one, however its body ends.
 */
export function prepare(socket: TLSSocket, call: Call, signal: AbortSignal, begun: () => void): Prepared {
  const outgoing = request({
    createConnection: () => socket,
    method: call.method,
    host: call.url.hostname,
    path: `${call.url.pathname}${call.url.search}`,
    setHost: false,
  })
  // First of all: a header that cannot be set leaves the request behind, and its later error must have an ear.
  const lost = new Promise<Error>((tell) => outgoing.on('error', tell))
  let answering = false
  const answers = () => {
    answering = true
    begun()
  }
  const answered = new Promise<HttpAnswer>((tell) => {
    outgoing.on('upgrade', (incoming, upgraded) => {
      answers()
      upgraded.destroy()
      tell({ ...headOf(incoming), body: '', bodyBytes: 0, truncated: false })
    })
    outgoing.on('response', (incoming) => {
      answers()
      const encoding = incoming.headers['content-encoding']
      void readBody(incoming, encoding, signal).then((read) => tell({ ...headOf(incoming), ...read }))
    })
  })
  for (const { name, values } of requestHeaders(call)) {
    outgoing.setHeader(name, values.length === 1 ? (values[0] ?? '') : values)
  }
  return { outgoing, lost: lost.then((error) => (answering ? new Promise<never>(() => {}) : error)), answered }
}

/** Sends a prepared HTTP/1.1 request. Answers once the body has ended or is longer than is kept. */
export function answerTo(prepared: Prepared, body: string | undefined, wrote: () => void): Promise<HttpAnswer> {
  const { outgoing, lost, answered } = prepared
  return new Promise((resolve, reject) => {
    answered.then(resolve)
    lost.then(reject)
    outgoing.on('finish', wrote)
    outgoing.end(body)
  })
}

function headOf(incoming: IncomingMessage): Pick<HttpAnswer, 'status' | 'statusText' | 'headers'> {
  const headers: [string, string][] = []
  for (let i = 0; i + 1 < incoming.rawHeaders.length; i += 2) {
    headers.push([incoming.rawHeaders[i] ?? '', incoming.rawHeaders[i + 1] ?? ''])
  }
  return { status: incoming.statusCode ?? 0, statusText: incoming.statusMessage ?? '', headers }
}
