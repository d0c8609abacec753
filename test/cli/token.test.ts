import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RequestOut, TestOut } from '../../electron/cli/output.ts'
import { TokenKeysOut, TokenListOut } from '../../electron/cli/output-tokens.ts'
import { countersign, type Practice, practise } from '../support/cli.ts'
import { softHsm } from '../support/softhsm.ts'
import { closeAll, scratchFolder } from '../support/test-servers.ts'
import { openssl } from '../support/tools.ts'

const hsm = softHsm(['Ops token'])
let folder: string
let practice: Practice
let uri: string

const run = (args: string[]) => countersign(args, { cwd: folder, env: { SOFTHSM2_CONF: hsm.configuration } })
const pin = ['--pin-file', 'pin.txt']
const softhsm = ['--library', hsm.library]

beforeAll(() => {
  folder = scratchFolder()
  writeFileSync(join(folder, 'pin.txt'), `${hsm.pin}\n`, { mode: 0o600 })
  writeFileSync(join(folder, 'wrong.txt'), '000000\n', { mode: 0o600 })
})
afterAll(async () => {
  await practice?.stop()
  await closeAll()
  hsm.remove()
})

describe('keys in a token on the command line', () => {
  it('are preceded by a list of tokens', async () => {
    const out = TokenListOut.parse((await run(['token', 'list', ...softhsm, '--json'])).json())
    expect(out[0]?.tokens.map(({ label }) => label)).toContain('Ops token')
    expect((await run(['token', 'list', ...softhsm])).out).toMatch(/Ops token\n {4}SoftHSM project, SoftHSM v2, serial/)
  })

  it('are refused with a wrong PIN, without one, and in a token that is not there', async () => {
    const made = ['request', '--provider', 'truv', '--environment', 'sandbox', '--set', 'name=acme', '--out', 'none']
    const wrong = await run([...made, '--token', 'Ops token', ...softhsm, '--pin-file', 'wrong.txt'])
    expect(wrong.code).toBe(1)
    expect(wrong.err).toContain('That is not the PIN of “Ops token”')
    expect((await run([...made, '--token', 'Ops token', ...softhsm])).err).toContain('--pin-file')
    expect((await run([...made, '--token', 'Nobody’s', ...softhsm, ...pin])).err).toContain('is not there')
  })

  it('are made there with their request, and written to no file', async () => {
    const args = ['request', '--provider', 'truv', '--environment', 'sandbox', '--set', 'name=acme', '--out', 'acme']
    const made = await run([...args, '--token', 'Ops token', ...softhsm, ...pin, '--json'])
    const out = RequestOut.parse(made.json())
    expect(out.files).toEqual({ request: join('acme', 'truv-sandbox.csr') })
    expect(out.keyEncrypted).toBeUndefined()
    uri = out.token?.uri ?? ''
    await openssl(['req', '-verify', '-noout'], out.requestPem)
    const keys = TokenKeysOut.parse(
      (await run(['token', 'keys', '--token', 'Ops token', ...softhsm, ...pin, '--json'])).json(),
    )
    expect(keys.keys).toMatchObject([{ key: 'ec-p256', uri, spkiSha256: out.spkiSha256, neverLeft: true }])
  })

  it('sign a second request without a second key', async () => {
    const id = /id=([^;]*)/.exec(uri)?.[1]?.replaceAll('%', '') ?? ''
    const args = ['request', '--provider', 'truv', '--environment', 'sandbox', '--set', 'name=acme', '--out', 'again']
    const made = await run([...args, '--token', 'Ops token', '--key-id', id, ...softhsm, ...pin, '--json'])
    expect(RequestOut.parse(made.json()).token?.uri).toBe(uri)
  })

  it('make a live test through OpenSSL’s engine, step by step', async () => {
    const sign = ['--request', join('acme', 'truv-sandbox.csr'), '--out', 'acme']
    practice = await practise(['--provider', 'truv', '--environment', 'sandbox', ...sign], folder)
    const { apiUrl = '', certificateFile = '', caFile = '' } = practice.ready
    const headers = ['--header', 'X-Access-Client-Id: any', '--header', 'X-Access-Secret: any']
    const call = ['test', `${apiUrl}/v1/orders/`, '--cert', certificateFile, '--ca', caFile, ...headers, '--json']
    const named = `${uri}?module-path=${hsm.library}`
    const tested = await run([...call, '--key', named, '--passphrase-file', 'pin.txt'])
    const out = TestOut.parse(tested.json())
    expect(out.verdict).toMatchObject({ outcome: 'accepted', cause: 'ok' })
    expect(out.http?.status).toBe(200)
    expect(tested.out + tested.err).not.toContain(hsm.pin)

    const wrong = await run([...call, '--key', named, '--passphrase-file', 'wrong.txt'])
    expect(wrong.json()).toMatchObject({ problem: { code: 'token.pin-wrong' }, steps: [] })
    const inLine = await run([...call, '--key', `${named}&pin-value=${hsm.pin}`])
    expect(inLine.code).toBe(2)
  })
})
