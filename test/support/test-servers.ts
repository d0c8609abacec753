import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Servers that tests call, each a process of its own on 127.0.0.1. `closeAll` ends them and removes their files. */
export type TestServer = { port: number; name: string }

const running: ChildProcess[] = []

/** A server's process, to be ended by `closeAll`. */
export function keep(child: ChildProcess): ChildProcess {
  running.push(child)
  return child
}

const folders: string[] = []

export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-test-'))
  folders.push(folder)
  return folder
}

export async function closeAll(): Promise<void> {
  await Promise.all(
    running.splice(0).map(
      (child) =>
        new Promise((resolve) => {
          if (child.exitCode !== null || child.signalCode !== null) return resolve(null)
          child.once('exit', resolve)
          child.kill()
        }),
    ),
  )
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
}

export type ServerFiles = {
  cert: string
  key: string
  /** Authorities that client certificates must come from; absent: none is asked for. */
  clientCa?: string
  crl?: string
  minVersion?: 'TLSv1.3'
  maxVersion?: 'TLSv1.2'
  /** Schemes accepted from clients, in OpenSSL's notation: `ECDSA+SHA256`. */
  sigalgs?: string
  optional?: boolean
}

/** Plain Node, even when the tests run in Electron. */
const node = process.versions.electron ? 'node' : process.execPath

export type NodeKind = 'tls' | 'asks later' | 'http' | 'silent' | 'reset' | 'close' | 'ssh' | 'garbage'

export async function nodeServer(kind: NodeKind, files?: ServerFiles, host = '127.0.0.1'): Promise<TestServer> {
  const options = files && {
    cert: files.cert,
    key: files.key,
    ...(files.clientCa ? { ca: files.clientCa, requestCert: true, rejectUnauthorized: !files.optional } : {}),
    // Node reads the first list of a text only.
    ...(files.crl ? { crl: files.crl.split(/(?=-----BEGIN X509 CRL)/) } : {}),
    ...(files.minVersion ? { minVersion: files.minVersion } : {}),
    ...(files.maxVersion ? { maxVersion: files.maxVersion } : {}),
    ...(files.sigalgs ? { sigalgs: files.sigalgs } : {}),
  }
  const script = new URL('./node-tls-server.mjs', import.meta.url).pathname
  const wish = join(scratchFolder(), 'wish.json')
  writeFileSync(wish, JSON.stringify({ kind, options, host }), { mode: 0o600 })
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '' }
  const child = spawn(node, [script, wish], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env,
  })
  keep(child)
  const port = await firstMatch(child, /^(\d+)/)
  return { port: Number(port), name: `Node ${files?.maxVersion ?? files?.minVersion ?? ''}`.trim() }
}

/** What the first line that fits the pattern holds in its first group. */
export function firstMatch(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const look = (chunk: Buffer) => {
      text += chunk.toString()
      const found = pattern.exec(text)
      if (found?.[1]) resolve(found[1])
    }
    child.stdout?.on('data', look)
    child.stderr?.on('data', look)
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${text}`)))
  })
}

/** `openssl s_server -www`, the strictest and most talkative of them. */
export async function opensslServer(files: ServerFiles, ...more: string[]): Promise<TestServer> {
  const folder = scratchFolder()
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const args = ['s_server', '-accept', '127.0.0.1:0', '-www', '-naccept', '100000']
  // s_server takes the first certificate of -cert, and sends all of -cert_chain after it.
  const above = files.cert.slice(files.cert.indexOf('-----END CERTIFICATE-----') + 25).trim()
  args.push('-cert', file('server.crt', files.cert))
  if (above) args.push('-cert_chain', file('chain.crt', above))
  args.push('-key', file('server.key', files.key))
  const trusted = `${files.clientCa}${files.crl ?? ''}`
  if (files.clientCa) args.push('-CAfile', file('ca.crt', trusted), '-Verify', '5', '-verify_return_error')
  if (files.crl) args.push('-crl_check')
  if (files.maxVersion) args.push('-no_tls1_3')
  if (files.minVersion) args.push('-tls1_3')
  if (files.sigalgs) args.push('-client_sigalgs', files.sigalgs)
  const child = spawn('openssl', [...args, ...more], { stdio: ['pipe', 'pipe', 'pipe'] })
  keep(child)
  const port = await firstMatch(child, /ACCEPT 127\.0\.0\.1:(\d+)/)
  return { port: Number(port), name: `OpenSSL ${files.maxVersion ?? files.minVersion ?? ''}`.trim() }
}

export const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

export const hasNginx = (() => {
  try {
    execFileSync('nginx', ['-v'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

/**
 * Programs on OpenSSL that have no setting for it take the accepted signatures from OpenSSL's own configuration
 * (config(5), section `system_default`).
 */
export function opensslEnv({ sigalgs }: ServerFiles): NodeJS.ProcessEnv {
  if (!sigalgs) return {}
  const file = join(scratchFolder(), 'openssl.cnf')
  const lines = ['openssl_conf = own', '[own]', 'ssl_conf = ssl', '[ssl]', 'system_default = tls', '[tls]']
  writeFileSync(file, `${[...lines, `ClientSignatureAlgorithms = ${sigalgs}`].join('\n')}\n`)
  return { OPENSSL_CONF: file }
}

export async function nginxServer(files: ServerFiles): Promise<TestServer> {
  const folder = scratchFolder()
  const port = await freePort()
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text, { mode: 0o600 })
    return join(folder, name)
  }
  const crl = files.crl ? `ssl_crl ${write('list.crl', files.crl)};` : ''
  const clients = files.clientCa
    ? `ssl_client_certificate ${write('ca.crt', files.clientCa)}; ssl_verify_client ${files.optional ? 'optional' : 'on'}; ssl_verify_depth 5; ${crl}`
    : ''
  const conf = `
daemon off; pid ${folder}/nginx.pid; error_log ${folder}/error.log; worker_processes 1;
events { worker_connections 64; }
http {
  access_log off; client_body_temp_path ${folder}/b; proxy_temp_path ${folder}/p; fastcgi_temp_path ${folder}/f;
  uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
  server {
    listen 127.0.0.1:${port} ssl; ssl_certificate ${write('server.crt', files.cert)};
    ssl_certificate_key ${write('server.key', files.key)}; ${clients}
    ssl_protocols ${files.maxVersion ? 'TLSv1.2' : files.minVersion ? 'TLSv1.3' : 'TLSv1.2 TLSv1.3'};
    location / { return 200 "verify=$ssl_client_verify\\n"; }
  }
}`
  const child = spawn('nginx', ['-p', folder, '-e', join(folder, 'error.log'), '-c', write('nginx.conf', conf)], {
    stdio: 'inherit',
    env: { ...process.env, ...opensslEnv(files) },
  })
  keep(child)
  await listening(port)
  return { port, name: `nginx ${files.maxVersion ?? files.minVersion ?? ''}`.trim() }
}

export async function listening(port: number): Promise<void> {
  const { connect } = await import('node:net')
  for (let i = 0; i < 200; i++) {
    const up = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })
    if (up) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`nothing listens on ${port}`)
}
