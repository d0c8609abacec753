import { describe, expect, it } from 'vitest'
import { readCertificate } from '../../../shared/pki/certificate.ts'
import { judgeClient } from '../../../shared/webhooks/client-verdict.ts'
import { issue } from '../../support/throwaway-pki.ts'

const ca = issue({ subject: ['CN=Public CA'], isCa: true })
const truv = issue({ subject: ['CN=mtls-prod.truv.com'], issuer: ca, sans: ['DNS:mtls-prod.truv.com'] })
const other = issue({ subject: ['CN=shop.example'], issuer: ca })
const old = issue({ subject: ['CN=old'], issuer: ca, fromDays: -30, toDays: -1 })
const early = issue({ subject: ['CN=early'], issuer: ca, fromDays: 3 })
const now = new Date()
const roots = { by: { roots: [ca.der] } }
const pin = ({ der }: { der: Uint8Array }) => ({ by: { pin: readCertificate(der)?.facts.sha256 ?? '' } })

describe('the verdict on a client', () => {
  it.each([
    ['nothing shown', [], roots, 'client.none-shown'],
    ['bytes that are no certificate', [Uint8Array.of(1, 2)], roots, 'client.not-readable'],
    ['one of the authority', [truv.der], roots, 'ok'],
    ['another customer of it', [other.der], { ...roots, name: 'mtls-prod.truv.com' }, 'client.name-differs'],
    ['the name, however it is written', [truv.der], { ...roots, name: 'MTLS-prod.truv.com' }, 'ok'],
    ['the pinned one', [truv.der], pin(truv), 'ok'],
    ['another than the pinned one', [other.der], pin(truv), 'client.pin-differs'],
    ['a pinned one that expired', [old.der], pin(old), 'path.expired'],
    ['a pinned one that is early', [early.der], pin(early), 'path.not-yet-valid'],
    ['anything, where anything goes', [other.der], { by: 'any' as const }, 'ok'],
    ['nothing, where anything goes', [], { by: 'any' as const }, 'client.none-shown'],
    ['one without a list that vouches for it', [truv.der], { ...roots, checkCrl: true }, 'path.revocation-unknown'],
  ])('is told of %s', async (_, chain, demand, code) => {
    const verdict = await judgeClient(chain, demand, now)
    expect(verdict.code).toBe(code)
    expect(verdict.accepted).toBe(code === 'ok')
    if (!verdict.accepted) expect(verdict.next).toBeTruthy()
  })
})
