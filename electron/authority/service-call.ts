import http from 'node:http'
import https from 'node:https'
import { type Result, refuse } from '../../shared/result.ts'
import { governedRoots } from '../tls/governed-roots.ts'
import { type Trust, trustOptions } from '../tls/trust.ts'
import { isLoopback, serviceFault } from './service-address.ts'
import { serviceWay } from './service-way.ts'

/** A certificate or a refusal take a few kilobytes; chains of EST ten. */
const mostBytes = 1024 * 1024
const usualTimeoutMs = 20_000

export type ServiceCall = {
  url: URL
  method: 'GET' | 'POST'
  headers?: Record<string, string>
  body?: string
  trust: Trust
  /** Where the user has allowed it for this address. */
  plainHttp?: boolean
  /** Shown where the service demands a certificate. PEM. */
  client?: { cert: string; key: string }
  signal?: AbortSignal
  timeoutMs?: number
}

export type ServiceAnswer = { status: number; headers: http.IncomingHttpHeaders; body: Buffer }

/**
 * One call to a signing service. Redirects are not followed: neither a request nor what proves who asks goes to an address
 * that nobody chose. Time and size are limited; nothing is kept alive.
 */
export function callService(call: ServiceCall): Promise<Result<ServiceAnswer>> {
  const { url, method, headers, body, trust, client, signal, timeoutMs = usualTimeoutMs } = call
  const address = url.host
  const secure = url.protocol === 'https:'
  if (!secure && !call.plainHttp && !isLoopback(url.hostname)) {
    return Promise.resolve(refuse({ code: 'service.plain-http', address }))
  }
  if (governedRoots()?.only && !('system' in trust)) return Promise.resolve(refuse({ code: 'policy.trust-fixed' }))
  if (signal?.aborted) return Promise.resolve(refuse({ code: 'app.cancelled' }))
  const overTls = secure ? { minVersion: 'TLSv1.2' as const, ...trustOptions(trust), ...client } : null
  const limit = AbortSignal.timeout(timeoutMs)
  const way = serviceWay(url, overTls, signal ? AbortSignal.any([signal, limit]) : limit)
  if (!way.ok) return Promise.resolve(way)
  return new Promise((resolve) => {
    let done = false
    const end = (result: Result<ServiceAnswer>) => {
      if (done) return
      done = true
      clearTimeout(timer)
      signal?.removeEventListener('abort', cancel)
      asked.destroy()
      resolve(result)
    }
    const cancel = () => end(refuse({ code: 'app.cancelled' }))
    const fail = (error: unknown) => end(refuse(serviceFault(address, error)))
    const options = {
      method,
      ...(way.value ? { createConnection: way.value } : { agent: false as const }),
      headers: { ...headers, ...(body !== undefined && { 'Content-Length': String(Buffer.byteLength(body)) }) },
    }
    const onAnswer = (answer: http.IncomingMessage) => {
      const parts: Buffer[] = []
      let bytes = 0
      answer.on('data', (part: Buffer) => {
        bytes += part.length
        if (bytes > mostBytes) return end(refuse({ code: 'service.answer-too-large', address, limit: mostBytes }))
        parts.push(part)
      })
      answer.on('error', fail)
      answer.on('aborted', () => fail(new Error('the answer was cut off')))
      answer.on('end', () => {
        const { statusCode: status = 0, headers: sent } = answer
        if (status >= 300 && status < 400) {
          const to = String(sent.location ?? '')
            .replace(/[^\x21-\x7e]/g, '')
            .slice(0, 200)
          return end(refuse({ code: 'service.moved', address, to }))
        }
        end({ ok: true, value: { status, headers: sent, body: Buffer.concat(parts) } })
      })
    }
    let asked: http.ClientRequest
    try {
      asked = secure ? https.request(url, { ...options, ...overTls }, onAnswer) : http.request(url, options, onAnswer)
    } catch (error) {
      // A key or a certificate that TLS does not take throws at once.
      return resolve(refuse(serviceFault(address, error)))
    }
    const timer = setTimeout(
      () => end(refuse({ code: 'service.took-too-long', address, seconds: Math.round(timeoutMs / 1000) })),
      timeoutMs,
    )
    signal?.addEventListener('abort', cancel, { once: true })
    asked.on('error', fail)
    asked.end(body)
  })
}
