import { spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ArrivalOut, ListenReadyOut } from '../../electron/cli/output-webhooks.ts'
import { countersign, freePort, listenWith } from '../support/cli.ts'
import { closeAll, scratchFolder } from '../support/test-servers.ts'
import { issue } from '../support/throwaway-pki.ts'

afterAll(closeAll)

const secret = 'sandbox-0123456789abcdef'
const body = '{"event_type":"order-status-updated"}'
const signature = `X-WEBHOOK-SIGN: v1=${createHmac('sha256', secret).update(body).digest('hex')}`
let cwd: string

beforeAll(() => {
  cwd = scratchFolder()
  const ca = issue({ subject: ['CN=Truv CA'], isCa: true })
  const files = {
    'truv-ca.pem': ca,
    'truv.pem': issue({ subject: ['CN=mtls-prod.truv.com'], issuer: ca }),
    'other.pem': issue({ subject: ['CN=shop.example'], issuer: ca }),
    'stranger.pem': issue({ subject: ['CN=mtls-prod.truv.com'] }),
  }
  for (const [name, { pem, keyPem }] of Object.entries(files)) {
    writeFileSync(join(cwd, name), pem)
    writeFileSync(join(cwd, name.replace('.pem', '.key')), keyPem)
  }
  writeFileSync(join(cwd, 'key.txt'), `${secret}\n`)
})

const curl = (url: string, name: string, ...args: string[]) =>
  new Promise<string>((resolve) => {
    const files = ['--cert', `${name}.pem`, '--key', `${name}.key`]
    const child = spawn('curl', ['-sk', '--noproxy', '*', ...files, ...args, url], { cwd })
    let out = ''
    child.stdout.on('data', (chunk) => {
      out += chunk
    })
    child.on('close', () => resolve(out))
  })

describe('countersign listen', () => {
  it('prints each arrival as a line of JSON, and ends after as many as were asked for', async () => {
    const asked = ['--provider', 'truv', '--client-ca', 'truv-ca.pem', '--name', 'mtls-prod.truv.com', '--port', '0']
    const run = await listenWith(
      [...asked, '--secret-file', 'key.txt', '--answer', '202', '--count', '3', '--out', 'ca'],
      cwd,
    )
    const { url, caFile } = ListenReadyOut.parse(run.ready)
    expect(caFile).toBe('ca/listener-ca.crt')
    const sent = ['-d', body, '-H', signature, '--cacert', caFile ?? '', '-w', ' %{http_code}']
    expect(await curl(`${url}/hook`, 'truv', ...sent)).toBe('{"received":true} 202')
    expect(await curl(`${url}/hook`, 'other', ...sent)).toContain('does not have the name mtls-prod.truv.com')
    expect(await curl(`${url}/hook`, 'stranger', ...sent)).toContain('self-signed')
    const { code, out } = await run.ended
    expect(code).toBe(0)
    const lines = out
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => ArrivalOut.parse(JSON.parse(line)))
    expect(lines.map(({ id, code: why, status, signature: signed }) => [id, why, status, signed])).toEqual([
      [1, 'ok', 202, 'good'],
      [2, 'client.name-differs', 400, 'good'],
      [3, 'path.self-signed', 400, 'good'],
    ])
    expect(out).not.toContain(secret)
  })

  it('shows a server certificate of one’s own, and reads well to people', async () => {
    const server = issue({ subject: ['CN=localhost'], purposes: ['serverAuth'], sans: ['IP:127.0.0.1'] })
    writeFileSync(join(cwd, 'server.pem'), server.pem)
    writeFileSync(join(cwd, 'server.key'), server.keyPem)
    const port = await freePort()
    const own = ['--cert', 'server.pem', '--key', 'server.key', '--port', String(port)]
    const ran = countersign(['listen', '--any', ...own, '--count', '1', '--for', '20'], { cwd })
    const args = ['--retry', '20', '--retry-connrefused', '--retry-delay', '1', '--cacert', 'server.pem', '-d', body]
    expect(await curl(`https://127.0.0.1:${port}/`, 'stranger', ...args)).toBe('{"received":true}')
    const { out, code } = await ran
    expect(code).toBe(0)
    expect(out).toContain(`Listening at https://127.0.0.1:${port}`)
    expect(out).toContain('accepted  POST /')
    expect(out).toContain('certificate  CN=mtls-prod.truv.com')
  })

  it.each([
    [[], 2, 'Say whom to let in'],
    [['--any', '--pin', 'a'.repeat(64)], 2, 'Say whom to let in'],
    [['--pin', 'abc'], 2, '64 hexadecimal digits'],
    [['--any', '--secret-file', 'key.txt'], 2, 'Say --provider'],
    [['--provider', 'apata', '--any', '--secret-file', 'key.txt'], 2, 'signs no webhooks'],
    [['--any', '--address', 'localhost'], 2, 'IP address'],
    [['--client-ca', 'truv.key'], 1, ''],
    [['--any', '--address', '192.0.2.7', '--port', '0'], 1, 'does not have the address'],
  ])('refuses what it cannot do: %j', async (args, code, says) => {
    const ran = await countersign(['listen', ...args, '--for', '1'], { cwd })
    expect(ran.code).toBe(code)
    expect(ran.err).toContain(says)
  })
})
