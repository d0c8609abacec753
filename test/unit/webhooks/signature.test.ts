import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkSignature, signatureFor } from '../../../shared/webhooks/signature.ts'

const rule = { header: 'X-WEBHOOK-SIGN', prefix: 'v1=', secret: 'Access key' }
const secret = 'sandbox-0123456789abcdef'
const utf8 = (text: string) => new TextEncoder().encode(text)
const hmac = (key: string | Uint8Array, text: string, hash = 'sha256', form: 'hex' | 'base64' = 'hex') =>
  createHmac(hash, key).update(text).digest(form)
const body = '{"event_type":"task-status-updated","status":"done"}'
const check = (values: string[], change: Partial<Parameters<typeof checkSignature>[0]> = {}) =>
  checkSignature({ rule, secret, values, body: utf8(body), secretProven: false, ...change })

describe('the signature of a webhook', () => {
  it('is what node:crypto makes of body and secret', async () => {
    expect(await signatureFor(rule, secret, utf8(body))).toBe(`v1=${hmac(secret, body)}`)
    expect(await check([`v1=${hmac(secret, body)}`])).toMatchObject({ state: 'good', code: 'signature.good' })
    expect(await check([`v1=${hmac(secret, body).toUpperCase()}`])).toMatchObject({ state: 'good' })
  })

  it('is known for Nuapay too, which puts nothing before the digits', async () => {
    const plain = { header: 'x-signature', prefix: '', secret: 'Sign key' }
    expect((await check([hmac(secret, body)], { rule: plain })).state).toBe('good')
  })

  it('fits every body by its secret and no other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.string({ minLength: 1 }), async (octets, key) => {
        const value = `v1=${createHmac('sha256', key).update(octets).digest('hex')}`
        const known = { body: octets, secret: key }
        expect((await check([value], known)).state).toBe('good')
        expect((await check([value], { ...known, body: Uint8Array.of(...octets, 1) })).state).toBe('wrong')
      }),
      { numRuns: 60 },
    )
  })

  it.each([
    ['nothing', [], 'missing', 'signature.missing', 'No X-WEBHOOK-SIGN came'],
    ['twice', ['v1=a', 'v1=b'], 'malformed', 'signature.malformed', 'came 2 times'],
    ['no prefix', [hmac(secret, body)], 'malformed', 'signature.malformed', 'does not begin with “v1=”'],
    ['another prefix', [`sha256=${hmac(secret, body)}`], 'malformed', 'signature.malformed', 'begins with “sha256=”'],
    ['SHA-1', [`v1=${hmac(secret, body, 'sha1')}`], 'malformed', 'signature.malformed', 'which is SHA-1'],
    ['SHA-512', [`v1=${hmac(secret, body, 'sha512')}`], 'malformed', 'signature.malformed', 'which is SHA-512'],
    ['base64', [`v1=${hmac(secret, body, 'sha256', 'base64')}`], 'malformed', 'signature.malformed', 'is base64'],
    ['another secret', [`v1=${hmac('prod-1', body)}`], 'wrong', 'signature.wrong', 'the access key is another one'],
    [
      'a line break after the secret',
      [`v1=${hmac(`${secret}\n`, body)}`],
      'wrong',
      'signature.secret-nearly',
      'line break',
    ],
    [
      'JSON laid out',
      [`v1=${hmac(secret, JSON.stringify(JSON.parse(body), null, 2))}`],
      'wrong',
      'signature.body-rewritten',
      '2 spaces',
    ],
    [
      'JSON of Python',
      [`v1=${hmac(secret, body.replaceAll(':', ': ').replaceAll(',', ', '))}`],
      'wrong',
      'signature.body-rewritten',
      'space after each comma',
    ],
    [
      'a line break after the body',
      [`v1=${hmac(secret, `${body}\n`)}`],
      'wrong',
      'signature.body-rewritten',
      'line break',
    ],
  ])('tells what is wrong: %s', async (_, values, state, code, says) => {
    const verdict = await check(values)
    expect(verdict).toMatchObject({ state, code })
    expect(verdict.says).toContain(says)
    expect(verdict.next).toBeTruthy()
  })

  it('suspects the body once the secret has fitted another webhook', async () => {
    const verdict = await check([`v1=${hmac(secret, 'else')}`], { secretProven: true })
    expect(verdict).toMatchObject({ state: 'wrong', code: 'signature.body-altered' })
  })

  it('knows a secret that was pasted with quotes', async () => {
    const verdict = await check([`v1=${hmac(secret, body)}`], { secret: ` "${secret}" ` })
    expect(verdict.code).toBe('signature.secret-nearly')
  })

  it('is not checked without a secret', async () => {
    expect(await check([`v1=${hmac(secret, body)}`], { secret: undefined })).toMatchObject({ state: 'unchecked' })
  })

  it('never throws, whatever came', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string(), { maxLength: 3 }),
        fc.uint8Array({ maxLength: 60 }),
        async (values, octets) => {
          const verdict = await check(values, { body: octets })
          expect(verdict.says).toBeTruthy()
        },
      ),
      { numRuns: 100 },
    )
  })
})
