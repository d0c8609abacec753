import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort, keep, listening, scratchFolder } from './test-servers.ts'
import { openssl } from './tools.ts'

export type CfsslServer = { url: string; authKey: string; caPem: string; serverCaPem: string }

/** A real `cfssl serve` on loopback with a CA of its own; with `tls` behind https with a certificate by another CA. */
export async function cfsslServer({ tls = false, cn = 'Cfssl CA' } = {}): Promise<CfsslServer> {
  const folder = scratchFolder()
  const file = (name: string) => join(folder, name)
  const authKey = '0123456789ABCDEF0123456789ABCDEF'
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  const self = (name: string, subject: string, ...more: string[]) =>
    openssl([
      ...['req', '-x509', ...newKey, '-days', '90', '-subj', subject, ...more],
      ...['-keyout', file(`${name}.key`), '-out', file(`${name}.crt`)],
    ])
  await self('ca', `/O=Acme/CN=${cn}`)
  await self('server', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1')
  const profile = { expiry: '720h', usages: ['digital signature', 'client auth'], auth_key: 'main' }
  const config = {
    signing: {
      default: profile,
      profiles: {
        short: { ...profile, expiry: '24h' },
        server: { ...profile, usages: ['server auth'] },
        picky: { ...profile, name_whitelist: '^only\\.example\\.com$' },
      },
    },
    auth_keys: { main: { type: 'standard', key: authKey } },
  }
  writeFileSync(file('config.json'), JSON.stringify(config))
  const port = await freePort()
  const args = ['serve', '-ca', file('ca.crt'), '-ca-key', file('ca.key'), '-config', file('config.json')]
  args.push('-address', '127.0.0.1', '-port', String(port))
  if (tls) args.push('-tls-cert', file('server.crt'), '-tls-key', file('server.key'))
  keep(spawn('cfssl', args, { stdio: 'ignore', cwd: folder }))
  await listening(port)
  const read = async (name: string) => (await openssl(['x509', '-in', file(name)])).toString()
  return {
    url: `${tls ? 'https' : 'http'}://${tls ? 'localhost' : '127.0.0.1'}:${port}`,
    authKey,
    caPem: await read('ca.crt'),
    serverCaPem: await read('server.crt'),
  }
}
