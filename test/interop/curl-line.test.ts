import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { curlLine } from '../../shared/handover/curl.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import { writePkcs12 } from '../../shared/pki/pkcs12-writer.ts'
import { type Cast, makeCast } from '../support/mtls-cast.ts'
import { closeAll, nginxServer, scratchFolder } from '../support/test-servers.ts'

let cast: Cast
let url: string
let folder: string
beforeAll(async () => {
  cast = makeCast()
  folder = scratchFolder()
  const files = { cert: cast.serverPem, key: cast.server.keyPem, clientCa: cast.clientRoot.pem }
  url = `https://localhost:${(await nginxServer(files)).port}/path?a={b}`
  const client = cast.clients['good with intermediate']
  if (!client) throw new Error('no client')
  const { certificate, chain } = client
  const put = (name: string, content: string | Uint8Array) =>
    writeFileSync(join(folder, name), content, { mode: 0o600 })
  put('it’s mine.crt', certificate.pem + chain.map(({ pem }) => pem).join(''))
  put('client.key', certificate.keyPem)
  put('ca.crt', cast.serverRoot.pem)
  const bundle = await writePkcs12({
    pkcs8: pemBlocks(certificate.keyPem)[0]?.der ?? new Uint8Array(),
    certificateDer: certificate.der,
    chain: chain.map(({ der }) => der),
    friendlyName: 'mine',
    passphrase: 'secret',
    readers: 'modern',
  })
  put('mine.p12', bundle)
})
afterAll(closeAll)

/** Runs the line as it stands; curl asks for a passphrase where it needs one, which a file answers here. */
const run = (line: string, ...more: string[]) =>
  execFileSync('sh', ['-c', [line, '--silent', '--show-error', ...more].join(' ')], { cwd: folder }).toString()

describe('the curl line, run by curl against nginx with ssl_verify_client on', () => {
  it('is let in with certificate and key', () => {
    const files = { certificate: 'it’s mine.crt', key: 'client.key', ca: 'ca.crt' }
    expect(run(curlLine({ url, method: 'GET', headers: [{ name: 'x', value: "it's" }], files }))).toBe(
      'verify=SUCCESS\n',
    )
  })

  it('is let in with the bundle', () => {
    const line = curlLine({ url, method: 'POST', headers: [], body: '{}', files: { pkcs12: 'mine.p12', ca: 'ca.crt' } })
    expect(run(line, '--pass', 'secret')).toBe('verify=SUCCESS\n')
  })

  it('is refused without a certificate', () => {
    const line = curlLine({ url, method: 'GET', headers: [], files: { ca: 'ca.crt' } })
    expect(run(line)).toContain('No required SSL certificate was sent')
  })
})
