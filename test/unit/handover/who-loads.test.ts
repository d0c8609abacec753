import { describe, expect, it } from 'vitest'
import { type HandoverMaterial, receiverFiles } from '../../../shared/handover/receiver-files.ts'
import { receivers } from '../../../shared/handover/receivers.ts'
import { whoLoads } from '../../../shared/handover/who-loads.ts'
import { measured } from '../../../shared/measured.ts'
import { inspectBytes } from '../../../shared/pki/inspect.ts'
import { KeyAlgorithm } from '../../../shared/pki/key-plan.ts'
import { generateKey } from '../../../shared/pki/keys.ts'
import { pemBlocks } from '../../../shared/pki/pem.ts'
import { whoOpens } from '../../../shared/pki/who-opens.ts'
import { issue } from '../../support/throwaway-pki.ts'

const leaf = issue({ subject: ['CN=client'] })
const passphrase = 'Correct-Horse-7'
const material: HandoverMaterial = {
  name: 'Acme live',
  stem: 'acme-live',
  pkcs8: pemBlocks(leaf.keyPem)[0]!.der,
  certificateDer: leaf.der,
  chain: [],
  passphrase,
  now: new Date('2026-03-01T12:00:00Z'),
}
const named = (id: string) => receivers.find((one) => one.id === id)!

/** What the inspector says of a file that holds a key, as it was written. */
async function said(content: Uint8Array | string) {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const [object] = await inspectBytes('it', bytes, [passphrase])
  const [block] = typeof content === 'string' ? pemBlocks(content) : []
  return whoOpens(object!, block?.der ?? bytes, [passphrase]).map(({ who, opens, why }) => ({ who, opens, why }))
}

describe('who loads what a receiver gets', () => {
  it.each(['openssl', 'java', 'java-old', 'windows', 'older', 'fips', 'azure', 'colleague'])(
    'is for %s what the inspector says of the written file',
    async (id) => {
      const files = await receiverFiles(named(id), material)
      const [table] = whoLoads(named(id), 'ec-p256', true)
      const told = new Map(table!.rows.map((row) => [row.who, row]))
      const rows = await said(files.find(({ secret }) => secret)!.content)
      expect(rows.length).toBeGreaterThan(1)
      for (const row of rows) expect(told.get(row.who)).toMatchObject(row)
    },
  )

  it('tells every key that the app makes as the inspector does, encrypted and open', async () => {
    for (const key of ['ec-p384', 'ed25519'] as const) {
      const { pkcs8 } = await generateKey(key)
      for (const chosen of [passphrase, null]) {
        const files = await receiverFiles(named('openssl'), { ...material, pkcs8, passphrase: chosen })
        const rows = await said(files.find(({ secret }) => secret)!.content)
        expect(whoLoads(named('openssl'), key, chosen !== null)[0]!.rows).toMatchObject(rows)
      }
    }
  })

  it('has for each receiver and key rows with a verdict, a reason, and where it was learnt', () => {
    const known = new Set<string>(Object.values(measured))
    for (const receiver of receivers) {
      for (const key of KeyAlgorithm.options) {
        const tables = whoLoads(receiver, key, receiver.passphrase !== 'none')
        expect(tables.length, receiver.id).toBeGreaterThan(0)
        for (const { rows } of tables) {
          expect(new Set(rows.map(({ who }) => who)).size).toBe(rows.length)
          for (const { why, measured: on } of rows) {
            expect(why).toMatch(/^\S.*\.$/)
            for (const part of on?.split('; ') ?? []) expect(known).toContain(part)
          }
        }
      }
    }
  })

  it('claims no measurement of Windows, macOS, Android, FIPS mode and clouds', () => {
    const rows = receivers.flatMap((receiver) => whoLoads(receiver, 'rsa-2048', true).flatMap(({ rows: all }) => all))
    const unseen = rows.filter(({ who }) =>
      /Windows|macOS|Android|FIPS|AWS|Azure|Google|kubectl|before 8u301/.test(who),
    )
    const alone = unseen.filter(({ who }) => !who.startsWith('OpenSSL, curl'))
    expect(alone.length).toBeGreaterThan(10)
    expect(alone.map(({ measured: on }) => on).filter((on) => on !== null)).toEqual([])
  })

  it('says that an encrypted key opens in OpenSSL and not in Go, and Java wants a bundle', () => {
    const verdictOf = (locked: boolean, who: string) =>
      whoLoads(named('openssl'), 'ec-p256', locked)[0]!.rows.find((row) => row.who.startsWith(who))?.opens
    expect([
      verdictOf(true, 'OpenSSL 3'),
      verdictOf(true, 'Go'),
      verdictOf(false, 'Go'),
      verdictOf(true, 'Java'),
    ]).toEqual(['yes', 'no', 'yes', 'partly'])
  })
})
