import type { Result } from '../result.ts'
import { ok, refuse } from '../result.ts'
import { readCertificate } from './certificate.ts'
import { orderChainChecked } from './chain.ts'
import type { Converted, ConvertHow } from './convert-how.ts'
import type { Item } from './convert-items.ts'
import { objectsOf } from './convert-objects.ts'
import { foundWords, leftOut, nothingFor } from './convert-words.ts'
import type { Bytes } from './der.ts'
import { sameBytes } from './der.ts'
import { sha256 } from './digest.ts'
import { writeJks } from './jks-writer.ts'
import { partOf } from './names.ts'
import { writePkcs12, writeTrustStore } from './pkcs12-writer.ts'

/** A private key with its certificate and the chain above it, out of whatever was given. */
type Pair = { pkcs8: Bytes; leaf: Item; chain: Bytes[]; name: string; kept: Item[] }

async function pairIn(items: readonly Item[], how: ConvertHow): Promise<Result<Pair>> {
  const keys = items.filter(({ kind }) => kind === 'private-key')
  const certificates = items.filter(({ kind }) => kind === 'certificate')
  const [item] = keys
  if (!item?.key || certificates.length === 0) return nothingFor(how.to, items)
  if (keys.length > 1) return refuse({ code: 'convert.too-many', to: how.to, found: foundWords(keys) })
  const opened = await item.key.open()
  if (!opened.ok) return opened
  const digest = opened.value.spki && sha256(opened.value.spki)
  const leaf = certificates.find(({ der }) => readCertificate(der)?.facts.spkiSha256 === digest)
  if (!leaf) return refuse({ code: 'convert.no-pair' })
  const others = certificates.filter((one) => one !== leaf)
  const { chain } = await orderChainChecked(
    leaf.der,
    others.map(({ der }) => der),
  )
  const issuers = chain.flatMap((der) => others.find((one) => sameBytes(one.der, der)) ?? [])
  const subject = readCertificate(leaf.der)?.facts.subjectParts
  const name = item.name ?? leaf.name ?? partOf(subject, 'CN') ?? 'client'
  return ok({ pkcs8: opened.value.pkcs8, leaf, chain, name, kept: [item, leaf, ...issuers] })
}

/** Key, certificate and chain as PKCS#12 or, for `jks`, as a Java keystore. */
export async function asBundle(items: readonly Item[], how: ConvertHow, changes: string[]): Promise<Result<Converted>> {
  if (how.passphrase === undefined) return refuse({ code: 'convert.key-exposed' })
  const pair = await pairIn(items, how)
  if (!pair.ok) return pair
  const { pkcs8, leaf, chain, name, kept } = pair.value
  const content =
    how.to === 'jks'
      ? writeJks({
          key: { alias: name, pkcs8, certificateDer: leaf.der, chain },
          trusted: [],
          password: how.passphrase,
          now: how.now,
        })
      : await writePkcs12({
          pkcs8,
          certificateDer: leaf.der,
          chain,
          friendlyName: name,
          passphrase: how.passphrase,
          readers: how.readers,
        })
  return ok({
    content,
    secret: true,
    changes: [...changes, ...leftOut(items, kept, 'it does not belong to this certificate’s chain')],
    objects: await objectsOf(kept),
  })
}

/** Certificates to be trusted, without any key, as PKCS#12 that Java reads. */
export async function asTrustStore(
  items: readonly Item[],
  how: ConvertHow,
  changes: string[],
): Promise<Result<Converted>> {
  const certificates = items.filter(({ kind }) => kind === 'certificate')
  if (certificates.length === 0) return nothingFor(how.to, items)
  if (how.passphrase === undefined) return refuse({ code: 'convert.key-exposed' })
  const content = await writeTrustStore({
    certificates: certificates.map(({ der }, i) => ({ der, alias: aliasOf(der, i) })),
    passphrase: how.passphrase,
    readers: how.readers,
  })
  return ok({
    content,
    secret: false,
    changes: [...changes, ...leftOut(items, certificates, 'a truststore holds certificates only')],
    objects: await objectsOf(certificates),
  })
}

/** Numbered, because an alias stands for one entry only. */
const aliasOf = (der: Bytes, i: number) =>
  `${i + 1} ${partOf(readCertificate(der)?.facts.subjectParts, 'CN') ?? 'certificate'}`.toLowerCase().slice(0, 100)
