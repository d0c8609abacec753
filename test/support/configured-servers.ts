import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import type { ServerConfiguration } from '../../shared/serverconfig/configuration.ts'
import { serverConfiguration } from '../../shared/serverconfig/server-configuration.ts'
import type { ServerKind, ServerWish } from '../../shared/serverconfig/server-wish.ts'
import { listenHere } from './proxy-servers.ts'
import { freePort, keep, listening, scratchFolder } from './test-servers.ts'

/** Servers started from the very files that the app writes, with no more around them than an installation has. */

const env = { ...process.env, PATH: `${process.env.PATH}:/usr/local/sbin:/usr/sbin:/sbin`, ELECTRON_RUN_AS_NODE: '' }
const node = process.versions.electron ? 'node' : process.execPath

export type Configured = {
  port: number
  configuration: ServerConfiguration
  /** Makes it read its files again, as the words for it say. */
  reload(): void
}

/** An application behind a proxy: answers with the headers that reached it. */
export const echoServer = () =>
  listenHere(
    createServer((request, response) => {
      response.setHeader('Content-Type', 'application/json')
      response.end(JSON.stringify({ headers: request.rawHeaders }))
    }),
  )

export async function startConfigured(server: ServerKind, wish: Omit<ServerWish, 'port'>): Promise<Configured> {
  const port = await freePort()
  const folder = scratchFolder()
  const configuration = serverConfiguration(server, { ...wish, port })
  const put = (name: string, text: string) => {
    writeFileSync(join(folder, name), text, { mode: 0o600 })
    return join(folder, name)
  }
  const [file] = configuration.files
  if (!file) throw new Error('no file')
  if (['nginx', 'apache', 'haproxy'].includes(server)) {
    for (const line of configuration.prepare) execFileSync('sh', ['-c', line], { env })
  }
  const run = (program: string, args: string[], more: NodeJS.ProcessEnv = {}) =>
    keep(spawn(program, args, { cwd: folder, env: { ...env, ...more }, stdio: 'ignore' }))
  const started = () => {
    switch (server) {
      case 'nginx':
        return run('nginx', [
          '-p',
          folder,
          '-e',
          join(folder, 'error.log'),
          '-c',
          put('nginx.conf', nginxAround(folder, put('door.conf', file.text))),
        ])
      case 'apache':
        return run('apache2', [
          '-D',
          'FOREGROUND',
          '-f',
          put('httpd.conf', apacheAround(folder, put('door.conf', file.text))),
        ])
      case 'haproxy':
        return run('haproxy', ['-db', '-q', '-f', put('haproxy.cfg', file.text)])
      case 'caddy': {
        const own = { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder }
        return run('caddy', ['run', '--adapter', 'caddyfile', '--config', put('Caddyfile', file.text)], own)
      }
      case 'go': {
        mkdirSync(join(folder, 'src'))
        writeFileSync(join(folder, 'src', 'main.go'), file.text)
        execFileSync('go', ['build', '-o', join(folder, 'door'), join(folder, 'src', 'main.go')], {
          env,
          stdio: 'pipe',
        })
        return run(join(folder, 'door'), [])
      }
      default:
        symlinkSync(new URL('../../node_modules', import.meta.url).pathname, join(folder, 'node_modules'))
        return run(node, [put('door.mjs', file.text)])
    }
  }
  const child = started()
  await listening(port)
  return { port, configuration, reload: () => void child.kill('SIGHUP') }
}

const nginxAround = (folder: string, file: string) => `
daemon off; pid ${folder}/nginx.pid; error_log ${folder}/error.log; worker_processes 1;
events { worker_connections 64; }
http {
  access_log off; client_body_temp_path ${folder}/b; proxy_temp_path ${folder}/p; fastcgi_temp_path ${folder}/f;
  uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
  include ${file};
}`

const apacheAround = (folder: string, file: string) => `
ServerName localhost
ServerRoot ${folder}
PidFile ${folder}/httpd.pid
ErrorLog ${folder}/error.log
DefaultRuntimeDir ${folder}
StartServers 1
${['mpm_event', 'authz_core', 'headers', 'proxy', 'proxy_http', 'ssl', 'socache_shmcb']
  .map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`)
  .join('\n')}
Include ${file}`
