import { execFileSync, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  firstMatch,
  freePort,
  keep,
  listening,
  opensslEnv,
  type ServerFiles,
  scratchFolder,
  type TestServer,
} from './test-servers.ts'

/** Server programs beyond those that `npm test` installs: for the benchmark of verdicts. Each on loopback only. */
const here = (name: string) => new URL(name, import.meta.url).pathname

/** Programs for administrators are not on everybody's path. */
const env = { ...process.env, PATH: `${process.env.PATH}:/usr/local/sbin:/usr/sbin:/sbin`, ELECTRON_RUN_AS_NODE: '' }

export function has(program: string): boolean {
  try {
    execFileSync('sh', ['-c', 'command -v "$1"', 'sh', program], { env, stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function filesOf({ cert, key, clientCa, crl }: ServerFiles) {
  const folder = scratchFolder()
  const put = (name: string, text: string) => {
    writeFileSync(join(folder, name), text, { mode: 0o600 })
    return join(folder, name)
  }
  return {
    folder,
    put,
    cert: put('server.crt', cert),
    key: put('server.key', key),
    ca: clientCa === undefined ? undefined : put('ca.crt', clientCa),
    list: crl === undefined ? undefined : put('list.crl', crl),
  }
}

const versionsOf = ({ minVersion, maxVersion }: ServerFiles): string =>
  maxVersion ? 'TLSv1.2' : minVersion ? 'TLSv1.3' : 'TLSv1.2,TLSv1.3'

/** `late`: asks for a certificate only where the path demands one, as `<Location>` blocks do. */
export async function apacheServer(files: ServerFiles, late = false): Promise<TestServer> {
  const { ca, cert, folder, key, list, put } = filesOf(files)
  const port = await freePort()
  const verify = 'SSLVerifyClient require\nSSLVerifyDepth 5'
  const conf = `
ServerName localhost
ServerRoot ${folder}
PidFile ${folder}/httpd.pid
ErrorLog ${folder}/error.log
DefaultRuntimeDir ${folder}
Listen 127.0.0.1:${port}
${['mpm_event', 'authz_core', 'alias', 'ssl', 'socache_shmcb']
  .map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`)
  .join('\n')}
StartServers 1
<VirtualHost *:${port}>
  SSLEngine on
  SSLCertificateFile ${cert}
  SSLCertificateKeyFile ${key}
  SSLProtocol -all ${versionsOf(files)
    .split(',')
    .map((version) => `+${version}`)
    .join(' ')}
  ${ca ? `SSLCACertificateFile ${ca}` : ''}
  ${list ? `SSLCARevocationFile ${list}\n  SSLCARevocationCheck chain` : ''}
  ${files.sigalgs ? `SSLOpenSSLConfCmd ClientSignatureAlgorithms ${files.sigalgs}` : ''}
  ${ca && !late ? verify : ''}
  <Location />
    ${ca && late ? verify : ''}
    Redirect 204 /
  </Location>
</VirtualHost>`
  keep(spawn('apache2', ['-D', 'FOREGROUND', '-f', put('httpd.conf', conf)], { env, stdio: 'ignore' }))
  await listening(port)
  return { port, name: 'Apache httpd' }
}

export async function haproxyServer(files: ServerFiles): Promise<TestServer> {
  const { ca, list, put } = filesOf(files)
  const port = await freePort()
  const pem = put('server.pem', files.cert + files.key)
  const clients = ca ? `ca-file ${ca} verify required${list ? ` crl-file ${list}` : ''}` : ''
  const version = files.maxVersion ? 'ssl-max-ver TLSv1.2' : files.minVersion ? 'ssl-min-ver TLSv1.3' : ''
  const conf = `
global
  maxconn 100
defaults
  mode http
  timeout client 5s
  timeout server 5s
  timeout connect 5s
frontend here
  bind 127.0.0.1:${port} ssl crt ${pem} ${clients} ${version}
  http-request return status 200 content-type text/plain string hello
`
  const how = { env: { ...env, ...opensslEnv(files) }, stdio: 'ignore' as const }
  keep(spawn('haproxy', ['-db', '-q', '-f', put('haproxy.cfg', conf)], how))
  await listening(port)
  return { port, name: 'HAProxy' }
}

/** Ends TLS before a server that speaks plain HTTP. */
export async function stunnelServer(files: ServerFiles, backend: number): Promise<TestServer> {
  const { ca, cert, folder, key, list, put } = filesOf(files)
  const port = await freePort()
  const conf = `
foreground = yes
pid =
output = ${folder}/stunnel.log
[here]
accept = 127.0.0.1:${port}
connect = 127.0.0.1:${backend}
cert = ${cert}
key = ${key}
${ca ? `CAfile = ${ca}\nverifyChain = yes\nrequireCert = yes` : ''}
${list ? `CRLfile = ${list}` : ''}
${files.maxVersion ? 'sslVersionMax = TLSv1.2' : ''}
${files.minVersion ? 'sslVersionMin = TLSv1.3' : ''}
`
  keep(spawn('stunnel', [put('stunnel.conf', conf)], { env: { ...env, ...opensslEnv(files) }, stdio: 'ignore' }))
  await listening(port)
  return { port, name: 'stunnel' }
}

/** gnutls-serv has no option for an address: this one listens on all of them for as long as the benchmark runs. */
export async function gnutlsServer(files: ServerFiles): Promise<TestServer> {
  const { ca, cert, key, list } = filesOf(files)
  const port = await freePort()
  const version = files.maxVersion ? ':-VERS-ALL:+VERS-TLS1.2' : files.minVersion ? ':-VERS-ALL:+VERS-TLS1.3' : ''
  const clients = ca ? ['--x509cafile', ca, '--require-client-cert', '--verify-client-cert'] : ['--disable-client-cert']
  const args = ['--http', '--quiet', '--port', `${port}`, '--x509certfile', cert, '--x509keyfile', key, ...clients]
  if (list) args.push('--x509crlfile', list)
  args.push('--priority', `NORMAL${version}${files.sigalgs ?? ''}`)
  keep(spawn('gnutls-serv', args, { env, stdio: 'ignore' }))
  await listening(port)
  return { port, name: 'GnuTLS' }
}

let goProgram: string | undefined

function builtGo(): string {
  if (!goProgram) {
    const program = join(scratchFolder(), 'go-server')
    const cache = { GOCACHE: join(scratchFolder(), 'cache'), GO111MODULE: 'off', GOFLAGS: '', GOPROXY: 'off' }
    execFileSync('go', ['build', '-o', program, here('./bench-server.go')], { env: { ...env, ...cache } })
    goProgram = program
  }
  return goProgram
}

export async function goServer(files: ServerFiles): Promise<TestServer> {
  const { put } = filesOf(files)
  const wish = {
    Cert: files.cert,
    Key: files.key,
    ClientCa: files.clientCa,
    Max: files.maxVersion,
    Min: files.minVersion,
  }
  const child = keep(spawn(builtGo(), [put('wish.json', JSON.stringify(wish))], { env }))
  return { port: Number(await firstMatch(child, /^(\d+)/)), name: 'Go' }
}

export async function javaServer(kind: 'http' | 'socket', files: ServerFiles): Promise<TestServer> {
  const { folder } = filesOf(files)
  const more = files.sigalgs ? [`-Djdk.tls.server.SignatureSchemes=${files.sigalgs}`] : []
  const args = [...more, here('./BenchServer.java'), kind, folder, versionsOf(files)]
  const child = keep(spawn('java', args, { env }))
  return { port: Number(await firstMatch(child, /^(\d+)/m)), name: 'Java' }
}
