import { createPrivateKey } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, inflateSync } from 'node:zlib'
import { unzipSync } from 'fflate'

/** Something that must be in no file, in each way that it may be written. */
export type Needle = { what: string; texts: string[] }

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

/** Octets as they are, in hex, as a list of numbers, and in the middle of base64 at each of its three places. */
function spellings(octets: Uint8Array): string[] {
  const bytes = Buffer.from(octets)
  const hex = bytes.toString('hex')
  const inBase64 = [0, 1, 2].flatMap((at) => {
    const middle = Buffer.concat([Buffer.alloc(at), bytes])
      .toString('base64')
      .replace(/=+$/, '')
      .slice(4, -2)
    return [middle, middle.replaceAll('+', '-').replaceAll('/', '_')]
  })
  const numbers = [...bytes].join(',')
  return [latin1(bytes), hex, hex.toUpperCase(), hex.match(/../g)!.join(':'), numbers, ...inBase64]
}

/** A key as PKCS#8, PKCS#1 or SEC1, as the lines of its PEM, and as the bare numbers that make it private. */
export function keyNeedles(pkcs8: Uint8Array): Needle[] {
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
  const older = key.asymmetricKeyType === 'rsa' ? 'pkcs1' : key.asymmetricKeyType === 'ec' ? 'sec1' : 'pkcs8'
  const jwk = key.export({ format: 'jwk' })
  const numbers = (['d', 'p', 'q', 'dp', 'dq', 'qi'] as const).flatMap((name) => {
    const value = jwk[name]
    return value === undefined
      ? []
      : [{ what: `the number ${name}`, texts: halvesOf(Buffer.from(value, 'base64url')).flatMap(spellings) }]
  })
  const secret = (['d', 'p', 'q', 'dp', 'dq', 'qi'] as const).map((name) => Buffer.from(jwk[name] ?? '', 'base64url'))
  const forms = older === 'pkcs8' ? ['pkcs8'] : ['pkcs8', older]
  const lines = forms.flatMap((type) => secretLines(key.export({ format: 'der', type: type as 'pkcs8' }), secret))
  return [
    { what: 'PKCS#8', texts: spellings(pkcs8) },
    { what: older, texts: spellings(key.export({ format: 'der', type: older as 'pkcs8' })) },
    { what: 'a line of PEM', texts: lines },
    ...numbers,
  ]
}

const octetsOfLine = 48
/** Of a line, before it gives something away. */
const secretOctets = 12

/**
 * The lines of 64 letters of a PEM that hold some of these numbers. Others say what is public: which curve it is, or the
 * modulus and the point that certificates have as well.
 */
function secretLines(der: Buffer, secret: readonly Buffer[]): string[] {
  const ranges = secret.flatMap((number) => {
    const at = number.length === 0 ? -1 : der.indexOf(number)
    return at < 0 ? [] : [[at, at + number.length] as const]
  })
  const lines = der.toString('base64').match(/.{64}/g) ?? []
  return lines.filter((_, i) => {
    const [from, to] = [i * octetsOfLine, (i + 1) * octetsOfLine]
    const within = ranges.map(([start, end]) => Math.max(0, Math.min(end, to) - Math.max(start, from)))
    return within.reduce((sum, octets) => sum + octets, 0) >= secretOctets
  })
}

/** Who has half of a number has the key, or nearly: a line that was cut off counts. At least sixteen octets each. */
const halvesOf = (number: Buffer): Buffer[] => {
  const middle = number.length >> 1
  return middle < 16 ? [number] : [number, number.subarray(0, middle), number.subarray(middle)]
}

export function passphraseNeedle(passphrase: string): Needle {
  const utf16le = Buffer.from(passphrase, 'utf16le')
  const octets = [Buffer.from(passphrase, 'utf8'), utf16le, Buffer.from(utf16le).swap16()]
  return { what: `the passphrase ${passphrase}`, texts: octets.flatMap(spellings) }
}

const mostDepth = 5

/** `30:82:04`, `<Buffer 30 82 04>`, `0x30, 0x82`: pairs of hex with whatever usually stands between them. */
const inHex = /(?:(?:0x)?[0-9a-f]{2}(?:[ :]|, ?)?){16,}/gi
/** `[48,130,4]` and `{"0":48,"1":130}`, as JSON writes octets. */
const inNumbers = /(?:\d{1,3}, *){15,}\d{1,3}|(?:"\d{1,7}": ?\d{1,3},? ?){16,}/g

/** What of a text is octets in another spelling than base64. */
function spelledIn(text: string): Buffer[] {
  return [
    ...[...text.matchAll(inHex)].map(([run]) => Buffer.from(run.replace(/0x|[^0-9a-f]/gi, ''), 'hex')),
    ...[...text.matchAll(inNumbers)].map(([run]) =>
      Buffer.from([...run.replace(/"\d+":/g, '').matchAll(/\d+/g)].map(([number]) => Number(number))),
    ),
  ]
}

/**
 * All that is in a file: itself, what its base64, hex and lists of numbers decode to, the members of a ZIP, what was
 * compressed; again and again.
 */
export function layersOf(content: Uint8Array, depth = 0): string[] {
  const text = latin1(content)
  if (depth === mostDepth) return [text]
  const inner: Uint8Array[] = []
  // JSON and YAML write line ends as letters; PEM breaks its lines.
  const joined = text
    .replaceAll('\\r', '')
    .replaceAll('\\n', '')
    .replace(/[\r\n]+[ \t]*/g, '')
    .replace(/%(2[BF]|3D)/gi, (escaped) => decodeURIComponent(escaped))
  for (const source of joined === text ? [text] : [text, joined]) {
    for (const [run] of source.matchAll(/[A-Za-z0-9+/_-]{16,}={0,2}/g)) inner.push(Buffer.from(run, 'base64'))
    inner.push(...spelledIn(source))
  }
  if (text.startsWith('PK\u0003\u0004')) inner.push(...Object.values(unzipSync(content)))
  if (text.startsWith('\u001f\u008b')) inner.push(gunzipSync(content))
  for (const at of text.matchAll(/stream\r?\n/g)) inner.push(...inflated(content.subarray(at.index + at[0].length)))
  return [text, ...inner.flatMap((one) => layersOf(one, depth + 1))]
}

function inflated(bytes: Uint8Array): Uint8Array[] {
  try {
    return [inflateSync(bytes)]
  } catch {
    return []
  }
}

/** What of it is in these octets, by name. */
export function foundIn(content: Uint8Array, needles: readonly Needle[]): string[] {
  const layers = layersOf(content)
  const isThere = ({ texts }: Needle) => texts.some((text) => layers.some((layer) => layer.includes(text)))
  return needles.filter(isThere).map(({ what }) => what)
}

/** Every file below a folder, with its path from there. */
export const filesBelow = (folder: string): { name: string; content: Uint8Array }[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name))
    .map((path) => ({ name: path.slice(folder.length + 1), content: new Uint8Array(readFileSync(path)) }))
