import { type ClientHttp2Session, connect, constants, type OutgoingHttpHeaders } from 'node:http2'
import type { TLSSocket } from 'node:tls'
import { type HttpAnswer, readBody } from './answer-body.ts'
import { coded } from './failure.ts'
import { type Call, requestHeaders } from './request-headers.ts'

/** RFC 9113 section 8.2.2: headers of one connection have no place here; the host is said in `:authority`. */
const connectionOnly = new Set(['host', 'keep-alive', 'proxy-connection', 'te'])

const { HTTP2_HEADER_METHOD, HTTP2_HEADER_PATH, HTTP2_HEADER_SCHEME, HTTP2_HEADER_AUTHORITY } = constants

/** `sent` when the request is on its way, `begun` when the head of an answer is there. */
type Tell = { sent(): void; begun(): void }

/**
 * Makes one HTTP/2 request over a connection that agreed on it. Answers in the shape of HTTP/1.1: without a reason
 * phrase, with names in lower case. Throws for headers that HTTP does not allow, rejects when no answer came.
 */
export function answerOver2(socket: TLSSocket, call: Call, signal: AbortSignal, tell: Tell): Promise<HttpAnswer> {
  const session = connect(call.url.origin, {
    createConnection: () => socket,
    settings: { enablePush: false, maxHeaderListSize: 64 * 1024 },
    // In megabytes: a server that floods us with control frames ends there.
    maxSessionMemory: 4,
  })
  return exchange(session, call, signal, tell).finally(() => session.destroy())
}

function exchange(session: ClientHttp2Session, call: Call, signal: AbortSignal, tell: Tell): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    let answering = false
    // Once its head is there, an answer stays one, however its body ends.
    const lost = (error: NodeJS.ErrnoException) => answering || reject(named(error))
    session.on('error', lost)
    session.on('close', () => lost(coded('ECONNRESET', 'closed')))
    const stream = session.request(headersOf(call), { endStream: call.body === undefined })
    stream.on('error', lost)
    stream.on('close', () => lost(coded('ECONNRESET', `the stream was closed (${stream.rstCode})`)))
    stream.on('ready', tell.sent)
    stream.on('response', (headers) => {
      answering = true
      tell.begun()
      const { [constants.HTTP2_HEADER_STATUS]: status, ...others } = headers
      const list = Object.entries(others).flatMap(([name, value]) =>
        [value ?? ''].flat().map((one): [string, string] => [name, one]),
      )
      void readBody(stream, headers['content-encoding'], signal).then((read) => {
        // Node ends a stream whose connection was lost as if it were whole; only its code differs.
        const truncated = read.truncated || stream.rstCode !== 0
        resolve({ status: Number(status), statusText: '', headers: list, ...read, truncated })
      })
    })
    if (call.body !== undefined) stream.end(call.body)
  })
}

function headersOf(call: Call): OutgoingHttpHeaders {
  const given = requestHeaders(call)
  const host = given.find(({ name }) => name.toLowerCase() === 'host')?.values[0]
  const headers: OutgoingHttpHeaders = {
    [HTTP2_HEADER_METHOD]: call.method,
    [HTTP2_HEADER_SCHEME]: 'https',
    [HTTP2_HEADER_AUTHORITY]: host ?? call.url.host,
    [HTTP2_HEADER_PATH]: `${call.url.pathname}${call.url.search}`,
  }
  for (const { name, values } of given) {
    if (!connectionOnly.has(name.toLowerCase())) headers[name] = values.length === 1 ? values[0] : values
  }
  return headers
}

/** The error of the protocol by its name in RFC 9113 section 7, which Node has only in its text. */
function named(error: NodeJS.ErrnoException): NodeJS.ErrnoException {
  const [, name] = /\bNGHTTP2_([A-Z0-9_]+)/.exec(error.message) ?? []
  if (name === 'HTTP_1_1_REQUIRED') {
    return coded('ERR_HTTP2_HTTP_1_1_REQUIRED', 'the server wants HTTP/1.1 for this request (HTTP_1_1_REQUIRED)')
  }
  return name === undefined ? error : coded(`ERR_HTTP2_${name}`, `the server ended it with ${name}`)
}
