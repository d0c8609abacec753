import { createPublicKey, verify } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tokenChild } from '../../electron/tokens/token-child.ts'
import { createTokens, type Tokens } from '../../electron/tokens/tokens.ts'
import { keyIdentifier } from '../../shared/pki/extension-writer.ts'
import type { KeyAlgorithm } from '../../shared/pki/key-plan.ts'
import { toPem } from '../../shared/pki/pem.ts'
import { buildRequest } from '../../shared/pki/x509.ts'
import type { TokenInfo } from '../../shared/tokens/token.ts'
import { builtProgram } from '../support/built-reader.ts'
import { pkcs11Tool, softHsm } from '../support/softhsm.ts'
import { codeOf, value } from '../support/test-means.ts'
import { openssl } from '../support/tools.ts'

const hsm = softHsm(['Ops token', 'Spare'])
let tokens: Tokens
let ops: TokenInfo

beforeAll(async () => {
  const worker = await builtProgram('electron/tokens/token-worker.ts')
  tokens = createTokens(tokenChild(worker))
  ops = value(await tokens.list(hsm.library)).find(({ label }) => label === 'Ops token')!
})
afterAll(() => {
  tokens?.lockAll()
  hsm.remove()
})

const name = () => ({ label: ops.label, serial: ops.serial })
const unlock = (pin = hsm.pin) => tokens.unlock(hsm.library, name(), pin)

describe('a token of SoftHSM', () => {
  it('speaks through pkcs11js, which is installed wherever these tests run', () => {
    expect(tokens.installed()).toBe(true)
  })

  it('is listed with label, serial number, model and what it makes', async () => {
    const listed = value(await tokens.list(hsm.library))
    expect(
      listed
        .filter(({ initialised }) => initialised)
        .map(({ label }) => label)
        .sort(),
    ).toEqual(['Ops token', 'Spare'])
    expect(ops).toMatchObject({ model: 'SoftHSM v2', needsPin: true, pinPad: false, unlocked: false, pin: 'fine' })
    expect(ops.serial).toMatch(/^[0-9a-f]{16}$/)
    expect(ops.makes).toEqual(['ec-p256', 'ec-p384', 'rsa-2048', 'rsa-3072', 'rsa-4096'])
    expect(pkcs11Tool(['--list-slots'])).toContain(ops.serial)
  })

  it('gives nothing of its private keys before its PIN', async () => {
    expect(codeOf(await tokens.keys(hsm.library, name()))).toBe('token.pin-needed')
    expect(codeOf(await tokens.make(hsm.library, name(), 'ec-p256', 'x'))).toBe('token.pin-needed')
  })

  it('says that a PIN was wrong, and what the token tells of the tries left', async () => {
    expect(codeOf(await unlock('12'))).toBe('token.pin-length')
    const refused = await unlock('000000')
    expect(refused).toMatchObject({
      ok: false,
      problem: { code: 'token.pin-wrong', token: 'Ops token', pin: 'few-left' },
    })
    expect(JSON.stringify(refused)).not.toContain('000000')
    expect(value(await unlock()).unlocked).toBe(true)
  })

  it.each<KeyAlgorithm>(['ec-p256', 'ec-p384', 'rsa-2048'])(
    'makes an %s key that cannot be taken out, and signs',
    async (key) => {
      value(await unlock())
      const made = value(await tokens.make(hsm.library, name(), key, `made ${key}`))
      expect(made).toMatchObject({ key, label: `made ${key}`, extractable: false, neverLeft: true, pinEachTime: false })
      expect(made.keyId).toBe(keyIdentifier(made.spki!))
      const objects = pkcs11Tool([
        '--login',
        '--pin',
        hsm.pin,
        '--token-label',
        'Ops token',
        '--list-objects',
        '--type',
        'privkey',
      ])
      expect(objects.toLowerCase()).toContain(made.keyId)
      expect(objects).toMatch(/sensitive, always sensitive, never extractable, local/)

      const part = new TextEncoder().encode('to be signed')
      const place = {
        at: 'token',
        library: hsm.library,
        token: ops.label,
        serial: ops.serial,
        keyId: made.keyId,
      } as const
      const signature = value(await tokens.sign(place, key, part))
      const publicKey = createPublicKey(toPem('PUBLIC KEY', made.spki!))
      const hash = key === 'ec-p384' ? 'sha384' : 'sha256'
      expect(verify(hash, part, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true)

      const { pem } = await buildRequest({
        key,
        spki: made.spki!,
        sign: async (tbs) => value(await tokens.sign(place, key, tbs)),
        subject: [{ type: 'CN', value: 'token client' }],
        subjectAltNames: ['DNS:client.example'],
      })
      const read = (await openssl(['req', '-verify', '-noout', '-text'], pem)).toString()
      expect(read).toContain('CN = token client')
    },
  )
})
