import { generateKeyPairSync } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { type HandedFile, receiverFiles } from '../../../shared/handover/receiver-files.ts'
import { isInTheClear, type Receiver, receivers } from '../../../shared/handover/receivers.ts'
import { snippetKinds } from '../../../shared/handover/snippet-kinds.ts'
import { pemBlocks } from '../../../shared/pki/pem.ts'
import { type Issued, issue } from '../../support/throwaway-pki.ts'

/** Everything that a hand-over writes, searched for the private key and the passphrase in every coding. */
const passphrase = 'Correct-Horse-7-battery'
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
/** The secret number itself: it is in every form that the key can take. */
const secret = Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url')
let root: Issued
let leaf: Issued
beforeAll(() => {
  root = issue({ subject: ['CN=Acme Root'], isCa: true })
  leaf = issue({ subject: ['CN=client.example.com'], issuer: root, key: privateKey })
})

const wide = Buffer.from([...passphrase].flatMap((letter) => [0, letter.charCodeAt(0)]))

/** What lies in the octets, looking through base64 and hex as often as they are nested. */
function found(octets: Buffer, depth = 0): Set<'key' | 'passphrase'> {
  const all = new Set<'key' | 'passphrase'>()
  if (octets.includes(secret)) all.add('key')
  if (octets.includes(passphrase) || octets.includes(wide)) all.add('passphrase')
  if (depth > 3) return all
  // JSON writes line ends as two signs.
  const text = octets.toString('latin1').replaceAll('\\n', '\n')
  const runs = [
    ...[...text.matchAll(/[A-Za-z0-9+/_-]{20,}(?:\s+[A-Za-z0-9+/_-]+)*={0,2}/g)].map(([run]) =>
      Buffer.from(run, 'base64'),
    ),
    ...[...text.matchAll(/[0-9a-f]{32,}/gi)].map(([run]) => Buffer.from(run, 'hex')),
  ]
  for (const inside of runs) for (const one of found(inside, depth + 1)) all.add(one)
  return all
}

const filesFor = (receiver: Receiver, chosen: string | null): Promise<HandedFile[]> =>
  receiverFiles(receiver, {
    name: 'Acme live',
    stem: 'acme-live',
    ...(receiver.public ? {} : { pkcs8: pemBlocks(leaf.keyPem)[0]!.der }),
    certificateDer: leaf.der,
    chain: [root.der],
    serverCaPem: root.pem,
    passphrase: chosen,
    now: new Date(),
  })

const seen = async (receiver: Receiver, chosen: string | null) => {
  const files = await filesFor(receiver, chosen)
  return new Set(files.flatMap(({ content }) => [...found(Buffer.from(content as Uint8Array))]))
}

describe('the scan', () => {
  it.each([
    ['as octets', (pkcs8: Buffer) => pkcs8],
    ['in base64', (pkcs8: Buffer) => Buffer.from(pkcs8.toString('base64'))],
    ['in hex', (pkcs8: Buffer) => Buffer.from(pkcs8.toString('hex'))],
    ['as PEM in base64', (pkcs8: Buffer) => Buffer.from(Buffer.from(leaf.keyPem + pkcs8.length).toString('base64'))],
    ['as PEM in JSON', () => Buffer.from(JSON.stringify({ key: leaf.keyPem }))],
  ])('finds a key %s', (_, write) => {
    expect(found(write(privateKey.export({ type: 'pkcs8', format: 'der' })))).toContain('key')
  })

  it('finds a passphrase in letters of one octet and of two, also in base64', () => {
    expect(found(Buffer.from(`password=${passphrase}`))).toContain('passphrase')
    expect(found(wide)).toContain('passphrase')
    expect(found(Buffer.from(Buffer.from(`password=${passphrase}`).toString('base64')))).toContain('passphrase')
  })
})

describe('what is handed over', () => {
  const withOne = receivers.filter((receiver) => receiver.passphrase !== 'none')
  it.each(withOne)('to $name with a passphrase holds neither that nor a key in the clear', async (receiver) => {
    expect(await seen(receiver, passphrase)).toEqual(new Set())
  })

  const withoutOne = receivers.filter((receiver) => receiver.passphrase !== 'required')
  it.each(withoutOne)('to $name without one holds the key where that is said, and nowhere else', async (receiver) => {
    expect(await seen(receiver, null)).toEqual(new Set(isInTheClear(receiver, null) ? ['key'] : []))
  })

  it('to programs is called by snippets that hold neither', () => {
    const files = { certificate: 'a.crt', key: 'a.key', bundle: 'a.p12', serverCa: 'ca.pem' }
    const call = { url: 'https://api.example.com/v1', method: 'GET', headers: [], blanks: [], files, locked: true }
    for (const kind of snippetKinds) {
      const text = [kind.write(call), ...(kind.beside?.(call) ?? []).map((one) => one.text)].join('\n')
      expect(found(Buffer.from(text)), kind.id).toEqual(new Set())
    }
  })
})
