import { EventEmitter } from 'node:events'
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http'
import http from 'node:http'
import https from 'node:https'
import net, { type Socket } from 'node:net'
import tls from 'node:tls'
import { configureRequestUrl, type DownloadOptions, HttpExecutor } from 'builder-util-runtime'
import type { HttpProxy } from '../tls/proxy-address.ts'
import { tunnelThrough } from '../tls/proxy-tunnel.ts'
import { trustOptions } from '../tls/trust.ts'
import { UpdateFault } from './fault.ts'

export type ExecutorWith = {
  /** Only a feed that is itself plain (on this computer, in tests) is answered in plain. */
  feed: URL
  wayTo(url: string): Promise<HttpProxy | null>
  /** Without a byte for so long it is given up. */
  silentMs: number
}

const mostRedirects = 5
/** The feed and its signature are a page of text. */
const mostTextBytes = 256 * 1024

/**
 * Fetches the feed and what it names with Node's own network code, as tests do: with the app's roots, proxy and policy.
 * Chromium's network stays shut. Nothing is said about who asks: no cookie, no id, no name of the system.
 */
export class PlainExecutor extends HttpExecutor<ClientRequest> {
  /** What is taken of a file; the signed feed says it. */
  mostBytes = 0
  private requests = 0
  private current: ClientRequest | undefined
  private readonly given: ExecutorWith

  constructor(given: ExecutorWith) {
    super()
    this.given = given
  }

  /** A new intention: redirects are counted anew. */
  begin(mostBytes = 0): void {
    this.requests = 0
    this.mostBytes = mostBytes
  }

  /** To a file, checked against the digest on its way; the updater's library asks for it by this name. */
  download(url: URL, destination: string, options: DownloadOptions): Promise<string> {
    return options.cancellationToken.createPromise((resolve, reject, onCancel) => {
      const asked: RequestOptions = {}
      configureRequestUrl(url, asked)
      onCancel(() => this.current?.destroy())
      const callback = (error: Error | null) => (error ? reject(error) : resolve(destination))
      this.doDownload(asked, { destination, options, onCancel, callback, responseHandler: null }, 0)
    })
  }

  createRequest(options: RequestOptions, answered: (response: IncomingMessage) => void): ClientRequest {
    const secure = options.protocol !== 'http:'
    // The feed, its signature and the file, each with its redirects.
    if (++this.requests > 3 * (mostRedirects + 1)) return refused(new UpdateFault('redirect'))
    if (!secure && this.given.feed.protocol !== 'http:') return refused(new UpdateFault('redirect'))
    const { hostname, port } = options
    const path = options.path ?? '/'
    const host = String(hostname)
    const at = Number(port ?? (secure ? 443 : 80))
    const text = /\.(?:yml|sig)(?:\?|$)/.test(path)
    const request = (secure ? https : http).request(
      {
        method: 'GET',
        host,
        port: at,
        path,
        headers: { accept: '*/*', 'user-agent': 'Countersign' },
        createConnection: (_, done) => {
          this.connect(secure, host, at).then(
            (socket) => done(null, socket),
            (error: Error) => done(error, null as unknown as Socket),
          )
          return undefined
        },
      },
      (response) => {
        watchSize(response, request, text ? mostTextBytes : this.mostBytes)
        response.once('aborted', () => request.emit('error', new UpdateFault('silent')))
        answered(response)
      },
    )
    this.current = request
    request.setTimeout(this.given.silentMs, () => request.destroy(new UpdateFault('silent')))
    return request
  }

  private async connect(secure: boolean, host: string, port: number): Promise<Socket> {
    const bare = host.replace(/^\[|\]$/g, '')
    const proxy = await this.given.wayTo(`${secure ? 'https' : 'http'}://${host}:${port}/`)
    const plain = proxy
      ? await tunnelThrough(proxy, { host: bare, port }, AbortSignal.timeout(this.given.silentMs))
      : net.connect({ host: bare, port })
    // A tunnel hands its socket over at rest.
    if (!secure) return plain.resume()
    const servername = net.isIP(bare) ? {} : { servername: bare }
    const socket = tls.connect({
      socket: plain,
      host: bare,
      ...servername,
      minVersion: 'TLSv1.2',
      ...trustOptions({ system: true }),
    })
    return new Promise((resolve, reject) => {
      socket.once('secureConnect', () => resolve(socket))
      socket.once('error', reject)
      plain.once('error', reject)
    })
  }
}

/** Ends what goes on longer than was promised, or without end. */
function watchSize(response: IncomingMessage, request: ClientRequest, most: number): void {
  let bytes = 0
  // Whoever reads it listens before the first chunk comes: both begin in the same turn.
  response.on('data', (chunk: Buffer | string) => {
    bytes += chunk.length
    if (bytes > most && (response.statusCode ?? 0) < 300) request.destroy(new UpdateFault('size'))
  })
}

/** The library expects a request; one that fails at once is what it can be told with. */
function refused(fault: UpdateFault): ClientRequest {
  const request = new EventEmitter()
  return Object.assign(request, {
    abort: () => {},
    end: () => void setImmediate(() => request.emit('error', fault)),
  }) as unknown as ClientRequest
}
