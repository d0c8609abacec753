import type { Bytes } from '../pki/der.ts'
import type { WebhookSignature } from '../providers/profile.ts'
import type { SignatureVerdict } from './arrival.ts'

const utf8 = new TextEncoder()
const hex = (bytes: Bytes): string => Array.from(bytes, (octet) => octet.toString(16).padStart(2, '0')).join('')

/** HMAC-SHA256 (RFC 2104) of a body. WebCrypto refuses empty keys, and an empty secret is none. */
async function hmac(secret: Bytes, body: Bytes): Promise<Bytes> {
  const how = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', secret as BufferSource, how, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, body as BufferSource))
}

/** The value of the header for a body: `v1=…`. */
export async function signatureFor(rule: WebhookSignature, secret: string, body: Bytes): Promise<string> {
  return rule.prefix + hex(await hmac(utf8.encode(secret), body))
}

/** Looks at every octet, wherever the first difference is, so that its time tells nothing about the right value. */
function same(a: Bytes, b: Bytes): boolean {
  let difference = a.length ^ b.length
  for (let i = 0; i < a.length; i++) difference |= a[i]! ^ (b[i] ?? 0)
  return difference === 0
}

const digest = /^[0-9a-f]{64}$/i
const bytesOf = (text: string): Bytes => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

type Question = {
  rule: WebhookSignature
  /** Absent where none is set: then nothing is checked. */
  secret: string | undefined
  /** Every value of the header, as it came. */
  values: readonly string[]
  /** The raw body: parsed and written again it would be another one. */
  body: Bytes
  /** The same secret has fitted another webhook: then it is the body that differs. */
  secretProven: boolean
}

/**
 * Is the body signed with the secret? Where it is not, says which of the usual mistakes it is: no header, another form,
 * a secret with something around it, a body that was written anew on the way.
 */
export async function checkSignature({
  rule,
  secret,
  values,
  body,
  secretProven,
}: Question): Promise<SignatureVerdict> {
  const [value, second] = values.map((one) => one.trim())
  if (value === undefined) {
    const next = 'Check that it comes from the provider, and that nothing on the way takes headers out.'
    return { state: 'missing', code: 'signature.missing', says: `No ${rule.header} came with it.`, next }
  }
  if (second !== undefined) {
    return malformed(rule, `${rule.header} came ${values.length} times.`)
  }
  const digits = value.startsWith(rule.prefix) ? value.slice(rule.prefix.length) : value
  if (!digest.test(digits)) return malformed(rule, formFault(rule, digits))
  if (!value.startsWith(rule.prefix)) {
    return malformed(rule, `${rule.header} does not begin with “${rule.prefix}”.`)
  }
  if (secret === undefined || secret === '') {
    const says = `${rule.header} is there; without the ${lower(rule.secret)} it cannot be checked.`
    return {
      state: 'unchecked',
      code: 'signature.no-secret',
      says,
      next: `Give the ${lower(rule.secret)} to check it.`,
    }
  }
  const claimed = bytesOf(digits)
  if (same(await hmac(utf8.encode(secret), body), claimed)) {
    const says = `${rule.header} fits the body and the ${lower(rule.secret)}.`
    return { state: 'good', code: 'signature.good', says }
  }
  return whyWrong(rule, secret, claimed, body, secretProven)
}

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)

const malformed = (rule: WebhookSignature, says: string): SignatureVerdict => ({
  state: 'malformed',
  code: 'signature.malformed',
  says,
  next: `It is ${rule.prefix ? `“${rule.prefix}” and ` : ''}64 hex digits: HMAC-SHA256 of the raw body.`,
})

function formFault({ header, prefix }: WebhookSignature, digits: string): string {
  if (digits === '') return `${header} is empty.`
  if (/^[0-9a-f]{40}$/i.test(digits)) return `${header} has 40 hex digits, which is SHA-1.`
  if (/^[0-9a-f]{128}$/i.test(digits)) return `${header} has 128 hex digits, which is SHA-512.`
  if (/^[A-Za-z0-9+/_-]{43}=?$/.test(digits)) return `${header} is base64, where hex digits belong.`
  const other = /^([a-z0-9]{1,10})=[0-9a-f]{64}$/i.exec(digits)?.[1]
  if (other !== undefined) return `${header} begins with “${other}=”, not with “${prefix}”.`
  return `${header} is not of the form ${prefix}<64 hex digits>.`
}

async function whyWrong(
  rule: WebhookSignature,
  secret: string,
  claimed: Bytes,
  body: Bytes,
  secretProven: boolean,
): Promise<SignatureVerdict> {
  const name = lower(rule.secret)
  for (const [other, how] of otherSecrets(secret)) {
    if (!same(await hmac(other, body), claimed)) continue
    const says = `It fits the ${name} ${how}.`
    const next = `Enter the ${name} again, exactly as the provider shows it.`
    return { state: 'wrong', code: 'signature.secret-nearly', says, next }
  }
  for (const [other, how] of otherBodies(body)) {
    if (!same(await hmac(utf8.encode(secret), other), claimed)) continue
    const says = `The ${name} is right, but the body was changed on the way: it fits once ${how}.`
    const next = 'Look for a proxy or a framework that writes the body anew. The signature is of the raw body.'
    return { state: 'wrong', code: 'signature.body-rewritten', says, next }
  }
  if (secretProven) {
    const says = `The ${name} has fitted another webhook, so this body was changed on the way, or somebody else signed it.`
    return { state: 'wrong', code: 'signature.body-altered', says, next: 'Do not trust what the body says.' }
  }
  const says = `${rule.header} does not fit: the ${name} is another one, or the body was changed on the way.`
  const next = `Compare the ${name} with the provider’s portal: sandbox and production have different ones.`
  return { state: 'wrong', code: 'signature.wrong', says, next }
}

/** What copying does to a secret. */
function* otherSecrets(secret: string): Generator<[Bytes, string]> {
  const trimmed = secret.trim().replace(/^(["'])(.*)\1$/, '$2')
  if (trimmed !== secret && trimmed !== '') yield [utf8.encode(trimmed), 'without the spaces or quotes around it']
  yield [utf8.encode(`${secret}\n`), 'with a line break at its end: the other side read it from a file']
  if (/^(?:[0-9a-f]{2}){8,}$/i.test(secret)) yield [bytesOf(secret), 'read as hex digits']
  const decoded = /^[A-Za-z0-9+/]{16,}={0,2}$/.test(secret) ? base64(secret) : null
  if (decoded) yield [decoded, 'read as base64']
  for (const prefix of ['sandbox-', 'prod-']) {
    if (secret.startsWith(prefix)) yield [utf8.encode(secret.slice(prefix.length)), `without “${prefix}”`]
  }
}

/** What programs do to JSON that they only pass on. */
function* otherBodies(body: Bytes): Generator<[Bytes, string]> {
  const text = decoded(body)
  if (text === null) return
  if (/[\r\n]$/.test(text)) yield [utf8.encode(text.replace(/[\r\n]+$/, '')), 'the line break at its end is gone']
  yield [utf8.encode(`${text}\n`), 'a line break stands at its end']
  if (text.includes('\r\n')) yield [utf8.encode(text.replaceAll('\r\n', '\n')), 'its lines end as on Unix']
  else if (text.includes('\n')) yield [utf8.encode(text.replaceAll('\n', '\r\n')), 'its lines end as on Windows']
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return
  }
  const written = JSON.stringify(value)
  if (written !== text) yield [utf8.encode(written), 'the JSON has no spaces between its parts']
  yield [utf8.encode(spaced(written)), 'the JSON has a space after each comma and colon']
  for (const indent of [2, 4]) {
    const laidOut = JSON.stringify(value, null, indent)
    if (laidOut !== text) yield [utf8.encode(laidOut), `the JSON is laid out with ${indent} spaces`]
  }
}

/** Python’s way to write JSON; what stands in strings stays. */
const spaced = (json: string): string =>
  json.replace(/("(?:[^"\\]|\\.)*")|([,:])/g, (_, string?: string, mark?: string) => string ?? `${mark} `)

function decoded(bytes: Bytes): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

function base64(text: string): Bytes | null {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  } catch {
    return null
  }
}
