import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DoorCast } from './door-cast.ts'
import { freePort, keep, listening, opensslServer, scratchFolder } from './test-servers.ts'

/** Servers whose doors are shut, or open in one way, by the lines of their own configuration. Loopback only. */
const env = { ...process.env, PATH: `${process.env.PATH}:/usr/local/sbin:/usr/sbin:/sbin` }

function folderOf(cast: DoorCast) {
  const folder = scratchFolder()
  const put = (name: string, text: string) => {
    writeFileSync(join(folder, name), text, { mode: 0o600 })
    return join(folder, name)
  }
  return {
    folder,
    put,
    cert: put('server.crt', cast.server.pem),
    key: put('server.key', cast.server.keyPem),
    ca: put('clients.crt', cast.clientCa.pem),
    crl: put('clients.crl', cast.crl),
    both: put('server.pem', cast.server.pem + cast.server.keyPem),
  }
}
type Files = ReturnType<typeof folderOf>

/** `lines` stand in the server block, after certificate and client authority. */
export async function nginxDoor(cast: DoorCast, lines: (files: Files) => string): Promise<number> {
  const files = folderOf(cast)
  const { folder, put, cert, key, ca } = files
  const port = await freePort()
  const conf = `
daemon off; pid ${folder}/nginx.pid; error_log ${folder}/error.log; worker_processes 1;
events { worker_connections 64; }
http {
  access_log off; client_body_temp_path ${folder}/b; proxy_temp_path ${folder}/p; fastcgi_temp_path ${folder}/f;
  uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
  server {
    listen 127.0.0.1:${port} ssl; ssl_certificate ${cert}; ssl_certificate_key ${key};
    ssl_protocols TLSv1.2 TLSv1.3; ssl_client_certificate ${ca};
    ${lines(files)}
    location / { return 200 "hello"; }
    location /hook { return 405; }
    location /needs-login { return 401; }
    location = /by-verify { if ($ssl_client_verify != SUCCESS) { return 302 https://login.example/?next=secret; } return 200 "hello"; }
  }
}`
  keep(
    spawn('nginx', ['-p', folder, '-e', join(folder, 'error.log'), '-c', put('nginx.conf', conf)], {
      env,
      stdio: 'ignore',
    }),
  )
  await listening(port)
  return port
}

export async function apacheDoor(cast: DoorCast, lines: (files: Files) => string): Promise<number> {
  const files = folderOf(cast)
  const { folder, put, cert, key, ca } = files
  const port = await freePort()
  const modules = ['mpm_event', 'authz_core', 'alias', 'ssl', 'socache_shmcb']
  const conf = `
ServerName localhost
ServerRoot ${folder}
PidFile ${folder}/httpd.pid
ErrorLog ${folder}/error.log
DefaultRuntimeDir ${folder}
Listen 127.0.0.1:${port}
${modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
StartServers 1
<VirtualHost *:${port}>
  SSLEngine on
  SSLCertificateFile ${cert}
  SSLCertificateKeyFile ${key}
  SSLProtocol -all +TLSv1.2 +TLSv1.3
  SSLCACertificateFile ${ca}
  ${lines(files)}
  Redirect 204 /
</VirtualHost>`
  keep(spawn('apache2', ['-D', 'FOREGROUND', '-f', put('httpd.conf', conf)], { env, stdio: 'ignore' }))
  await listening(port)
  return port
}

/** `options` of the bind line. */
export async function haproxyDoor(cast: DoorCast, options: (files: Files) => string): Promise<number> {
  const files = folderOf(cast)
  const port = await freePort()
  const conf = `
global
  maxconn 100
defaults
  mode http
  timeout client 5s
  timeout server 5s
  timeout connect 5s
frontend here
  bind 127.0.0.1:${port} ssl crt ${files.both} ca-file ${files.ca} ${options(files)}
  http-request return status 200 content-type text/plain string hello
`
  keep(spawn('haproxy', ['-db', '-q', '-f', files.put('haproxy.cfg', conf)], { env, stdio: 'ignore' }))
  await listening(port)
  return port
}

/** `answer` is the body of a function of `request` and `response`. */
export async function nodeDoor(cast: DoorCast, options: object, answer = 'response.end("hello")'): Promise<number> {
  const { put } = folderOf(cast)
  const port = await freePort()
  const wish = { key: cast.server.keyPem, cert: cast.server.pem, ca: cast.clientCa.pem, ...options }
  const script = `
import { createServer } from 'node:https'
const server = createServer(${JSON.stringify(wish)}, (request, response) => { ${answer} })
server.on('tlsClientError', () => {})
server.listen(${port}, '127.0.0.1')
`
  const node = process.versions.electron ? 'node' : process.execPath
  keep(spawn(node, [put('door.mjs', script)], { env: { ...env, ELECTRON_RUN_AS_NODE: '' }, stdio: 'ignore' }))
  await listening(port)
  return port
}

export async function opensslDoor(cast: DoorCast, ...args: string[]): Promise<number> {
  const { ca, put } = folderOf(cast)
  const trusted = put('trusted.pem', cast.clientCa.pem + cast.crl)
  const files = { cert: cast.server.pem, key: cast.server.keyPem }
  const all = args.map((word) => (word === 'CA' ? ca : word === 'CA+CRL' ? trusted : word))
  return (await opensslServer(files, ...all)).port
}
