import { isIP, type Socket } from 'node:net'
import * as tls from 'node:tls'
import { dial, resolveHost, untilAborted } from './dial.ts'
import { coded, withoutPointers } from './failure.ts'
import { type HttpProxy, type ProxyPlace, readProxy } from './proxy-address.ts'
import { trustOptions } from './trust.ts'

/** Where the tunnel is to lead, and which addresses of the proxy may be used. */
export type Target = { host: string; port: number; family?: 4 | 6 }

const longestHead = 16 * 1024

/**
 * A connection to the target through an HTTP proxy (RFC 9110 section 9.3.6). The target's name is looked up by the
 * proxy. Rejects with `ERR_PROXY_…` and a sentence that names the proxy, never with the password.
 */
export async function tunnelThrough(proxy: HttpProxy, target: Target, signal: AbortSignal): Promise<Socket> {
  const place = readProxy(proxy.address)
  if (!place) throw coded('ERR_PROXY_UNSUPPORTED', 'the proxy’s address is not of the form http://host:port')
  if (place.scheme !== 'http' && place.scheme !== 'https') {
    throw coded(
      'ERR_PROXY_UNSUPPORTED',
      `the proxy ${named(place)} speaks ${place.scheme}; only HTTP proxies can be used`,
    )
  }
  const plain = await reach(place, target.family, signal)
  const stop = () => plain.destroy()
  signal.addEventListener('abort', stop, { once: true })
  try {
    const socket = place.scheme === 'https' ? await secured(plain, place, proxy.caPem) : plain
    return await untilAborted(connectThrough(socket, place, proxy, target), signal)
  } catch (error) {
    plain.destroy()
    throw error
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

const named = ({ host, port }: ProxyPlace) => `${isIP(host) === 6 ? `[${host}]` : host}:${port}`

async function reach(place: ProxyPlace, family: 4 | 6 | undefined, signal: AbortSignal): Promise<Socket> {
  try {
    return (await dial(await resolveHost(place.host, signal, family), place.port, signal)).socket
  } catch (error) {
    if (signal.aborted) throw error
    const { code = '', syscall } = error as NodeJS.ErrnoException
    if (syscall === 'getaddrinfo')
      throw coded('ERR_PROXY_UNRESOLVED', `nobody knows an address for the proxy ${place.host}`)
    if (code === 'ECONNREFUSED') throw coded('ERR_PROXY_REFUSED', `nothing listens at the proxy ${named(place)}`)
    throw coded('ERR_PROXY_UNREACHABLE', `there is no way to the proxy ${named(place)} (${code})`)
  }
}

function secured(plain: Socket, place: ProxyPlace, caPem: string | undefined): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = tls.connect({
      socket: plain,
      host: place.host,
      ...(isIP(place.host) ? {} : { servername: place.host }),
      ALPNProtocols: ['http/1.1'],
      ...trustOptions(caPem === undefined ? { system: true } : { caPem }),
    })
    socket.once('secureConnect', () => resolve(socket))
    const fail = (why: string) => reject(coded('ERR_PROXY_TLS', `TLS with the proxy ${named(place)} failed: ${why}`))
    socket.on('error', (error: NodeJS.ErrnoException) =>
      fail(
        /WRONG_VERSION|PACKET_LENGTH|HTTP_REQUEST/.test(`${error.code}`) || /wrong version/.test(error.message)
          ? 'it answers without TLS, so its address begins with http://'
          : withoutPointers(error.message),
      ),
    )
    socket.once('close', () => fail('it closed the connection'))
  })
}

/** Asks for the tunnel. What the target said right behind the proxy's answer stays in the socket, to be read next. */
function connectThrough(socket: Socket, place: ProxyPlace, proxy: HttpProxy, target: Target): Promise<Socket> {
  const authority = `${isIP(target.host) === 6 ? `[${target.host}]` : target.host}:${target.port}`
  return new Promise((resolve, reject) => {
    let head = Buffer.alloc(0)
    const finish = (act: () => void) => {
      socket.removeListener('data', read).removeListener('end', closed).removeListener('close', closed)
      act()
    }
    const fail = (code: string, says: string) => finish(() => reject(coded(code, `the proxy ${named(place)} ${says}`)))
    const closed = () => fail('ERR_PROXY_CLOSED', 'closed the connection instead of answering')
    const read = (chunk: Buffer) => {
      head = Buffer.concat([head, chunk])
      const wrong = strange(head)
      if (wrong) return fail('ERR_PROXY_NOT_A_PROXY', wrong)
      const end = head.indexOf('\r\n\r\n')
      if (end < 0) return
      const refusal = refusalIn(head.subarray(0, end).toString('latin1'), authority, proxy.user !== undefined)
      if (refusal) return fail(...refusal)
      finish(() => {
        socket.pause()
        if (head.length > end + 4) socket.unshift(head.subarray(end + 4))
        resolve(socket)
      })
    }
    socket.on('data', read).on('end', closed).on('close', closed)
    // Stays: between this and the next listener the connection may break, and an error nobody hears ends the process.
    socket.on('error', (error: NodeJS.ErrnoException) => fail('ERR_PROXY_CLOSED', `cut the connection (${error.code})`))
    socket.write(
      `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\nUser-Agent: countersign\r\n${login(proxy)}\r\n`,
    )
  })
}

const login = ({ user, password = '' }: HttpProxy) =>
  user === undefined ? '' : `Proxy-Authorization: Basic ${Buffer.from(`${user}:${password}`).toString('base64')}\r\n`

/** What cannot be the beginning of an HTTP answer, in words. */
function strange(head: Buffer): string | null {
  const start = head.subarray(0, 5).toString('latin1')
  if (!'HTTP/'.startsWith(start)) {
    if (head[0] === 0x15 || head[0] === 0x16) return 'answers in TLS, so its address begins with https://'
    return 'does not answer in HTTP'
  }
  return head.length > longestHead && head.indexOf('\r\n\r\n') < 0 ? 'sends an answer without an end' : null
}

/** Why there is no tunnel, or null when there is one. */
function refusalIn(head: string, authority: string, gaveLogin: boolean): [code: string, says: string] | null {
  const [, digits, phrase = ''] = /^HTTP\/1\.[01] (\d{3})(?: ([^\r\n]*))?/.exec(head) ?? []
  const status = Number(digits)
  if (status >= 200 && status < 300) return null
  const answered = `${digits} ${phrase.replace(/[^\x20-\x7e]/g, '').slice(0, 60)}`.trim()
  if (digits === undefined) return ['ERR_PROXY_NOT_A_PROXY', 'does not answer in HTTP/1.1']
  if (status === 407) {
    const asks = [...head.matchAll(/^proxy-authenticate:\s*([\w-]+)/gim)].map(([, scheme]) => scheme)
    const how = asks.length > 0 ? ` (${asks.join(', ')})` : ''
    if (asks.length > 0 && !asks.some((scheme) => scheme?.toLowerCase() === 'basic')) {
      return ['ERR_PROXY_AUTH', `asks for a kind of login that is not supported here${how}; Basic is`]
    }
    return ['ERR_PROXY_AUTH', gaveLogin ? `did not take user and password${how}` : `asks for user and password${how}`]
  }
  if (status === 403) return ['ERR_PROXY_FORBIDDEN', `does not allow a tunnel to ${authority} (${answered})`]
  if (status >= 500 && status !== 501) return ['ERR_PROXY_STATUS', `could not reach ${authority} (${answered})`]
  if ([400, 404, 405, 501].includes(status)) {
    return ['ERR_PROXY_NOT_A_PROXY', `makes no tunnels: it is rather a web server (${answered})`]
  }
  return ['ERR_PROXY_STATUS', `refused a tunnel to ${authority} (${answered})`]
}
