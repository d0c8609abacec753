import { createServer as createHttp, type IncomingMessage } from 'node:http'
import { createServer as createHttps, type ServerOptions } from 'node:https'
import { connect, createServer as createTcp, type Server, type Socket } from 'node:net'

/** Servers inside the test's own process, and proxies in every mood. `closeHere` ends them. */
const here: { server: Server; sockets: Set<Socket> }[] = []

export async function listenHere(server: Server, host = '127.0.0.1'): Promise<number> {
  const sockets = new Set<Socket>()
  here.push({ server, sockets })
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
  })
  server.on('tlsClientError', () => {})
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

export async function closeHere(): Promise<void> {
  for (const { server, sockets } of here.splice(0)) {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
}

export type ProxyMood = {
  /** Answers this instead of making a tunnel. */
  status?: string
  headers?: string
  /** Takes only this login. */
  login?: string
  /** Bytes of the target are sent in one piece with the proxy's own answer. */
  hasty?: boolean
}

export type TestProxy = {
  port: number
  address: string
  /** What was asked for, in order: `CONNECT host:port`. */
  asked: string[]
  logins: (string | undefined)[]
}

/** An HTTP proxy that makes tunnels to this computer, whatever host is named, and counts them. */
export async function proxyServer(mood: ProxyMood = {}, tls?: ServerOptions): Promise<TestProxy> {
  const server = tls ? createHttps(tls) : createHttp()
  const asked: string[] = []
  const logins: (string | undefined)[] = []
  server.on('connect', (request: IncomingMessage, near: Socket) => {
    near.on('error', () => {})
    asked.push(`${request.method} ${request.url}`)
    const given = request.headers['proxy-authorization']
    logins.push(given)
    if (mood.status) return void near.end(`HTTP/1.1 ${mood.status}\r\n${mood.headers ?? ''}\r\nsorry`)
    if (mood.login && given !== `Basic ${Buffer.from(mood.login).toString('base64')}`) {
      const wants = 'Proxy-Authenticate: Basic realm="proxy"\r\n'
      return void near.end(`HTTP/1.1 407 Proxy Authentication Required\r\n${wants}\r\n`)
    }
    const far = connect(Number(/:(\d+)$/.exec(request.url ?? '')?.[1]), '127.0.0.1', () => {
      const head = 'HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n'
      if (!mood.hasty) near.write(head)
      else far.once('data', (first) => near.write(Buffer.concat([Buffer.from(head), first])))
      if (!mood.hasty) return void far.pipe(near).pipe(far)
      near.pipe(far)
      far.once('data', () => far.pipe(near))
    })
    far.on('error', () => near.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')).on('close', () => near.destroy())
    near.on('close', () => far.destroy())
  })
  const port = await listenHere(server)
  return { port, address: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`, asked, logins }
}

/** Something else where a proxy was expected. */
export const noProxy = async (answer: (socket: Socket) => void): Promise<string> =>
  `http://127.0.0.1:${await listenHere(createTcp(answer))}`
