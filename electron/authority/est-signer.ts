import { setTimeout as pause } from 'node:timers/promises'
import { decodeBase64, encodeBase64 } from '../../shared/pki/base64.ts'
import type { Bytes } from '../../shared/pki/der.ts'
import { readPkcs7 } from '../../shared/pki/pkcs7.ts'
import type { Problem } from '../../shared/problems.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { openIdentity } from '../handlers/open-identity.ts'
import type { AuthorityRecord, KeyPlace } from '../vault/authority-record.ts'
import { answerFor } from './check-answer.ts'
import { mayUse } from './may-use.ts'
import { serviceUrl, spoken, under } from './service-address.ts'
import { callService, type ServiceAnswer, type ServiceCall } from './service-call.ts'
import type { Signer } from './signer.ts'
import type { SigningMeans } from './signers.ts'

export type EstPlace = Extract<KeyPlace, { at: 'est' }>

/** What proves us: a password beside the user's name, or an identity of the vault. */
export type EstLogin = { password?: string; client?: { cert: string; key: string } }

/** An approval that comes so soon is waited for; a longer one is told (RFC 7030 section 4.2.3). */
const longestWaitMs = 60_000
const mostRounds = 6

/** The authorities behind an EST server (`/cacerts`, RFC 7030 section 4.1), in its order. */
export async function askEst(place: EstPlace, login: EstLogin, signal?: AbortSignal): Promise<Result<Bytes[]>> {
  const answered = await call(place, login, 'cacerts', { method: 'GET' }, signal)
  return answered.ok ? certificatesFrom(place, answered.value) : answered
}

/** A key behind EST: requests go to `/simpleenroll` as they came. */
export function estSigner(means: SigningMeans, record: AuthorityRecord, place: EstPlace): Signer {
  return {
    decides: 'service',
    async sign({ requestDer, whose, signal }) {
      const allowed = await mayUse(means, record, `have a certificate signed for “${whose}” by ${place.url}`)
      if (!allowed.ok) return allowed
      const login = await estLogin(means, record.handle, place)
      if (!login.ok) return login
      const answered = await enroll(place, login.value, requestDer, signal)
      if (!answered.ok) return answered
      const certificates = certificatesFrom(place, answered.value)
      return certificates.ok ? answerFor(record, requestDer, certificates.value) : certificates
    },
    signList: async () => refuse({ code: 'service.no-lists', name: record.name }),
  }
}

/** Opens what proves us to the service. The texts live until they are collected: HTTP and TLS take no bytes. */
export async function estLogin(
  { vault }: Pick<SigningMeans, 'vault'>,
  handle: string,
  { identity }: Pick<EstPlace, 'identity'>,
): Promise<Result<EstLogin>> {
  const password = await vault.authorities.secret(handle, 'password')
  if (!password.ok) return password
  const client = await estClient({ vault }, identity)
  if (!client.ok) return client
  const login = { ...(password.value && { password: password.value.toString('utf8') }), ...client.value }
  password.value?.fill(0)
  return ok(login)
}

/** The certificate and key of an identity, for the handshake. */
export async function estClient(
  { vault }: Pick<SigningMeans, 'vault'>,
  identity: string | undefined,
): Promise<Result<Pick<EstLogin, 'client'>>> {
  if (identity === undefined) return ok({})
  const record = await vault.identities.find(identity)
  if (!record) return refuse({ code: 'vault.no-such-identity' })
  const opened = await openIdentity({ vault }, record)
  if (!opened.ok) return opened
  const { certificatePem, chainPem = [], keyPem } = opened.value!
  return ok({ client: { cert: [certificatePem, ...chainPem].join(''), key: keyPem } })
}

/** Waits where the server says that it needs a little longer, and asks again with the same request. */
async function enroll(
  place: EstPlace,
  login: EstLogin,
  requestDer: Bytes,
  signal?: AbortSignal,
): Promise<Result<ServiceAnswer>> {
  let waited = 0
  for (let round = 1; ; round++) {
    const answered = await call(
      place,
      login,
      'simpleenroll',
      {
        method: 'POST',
        headers: {
          'Content-Type': 'application/pkcs10',
          // RFC 8951 has receivers ignore it; servers of before refuse a request without it.
          'Content-Transfer-Encoding': 'base64',
        },
        body: `${encodeBase64(requestDer, 64)}\n`,
      },
      signal,
    )
    if (!answered.ok || answered.value.status !== 202) return answered
    const afterMs = retryAfterMs(answered.value.headers['retry-after'])
    waited += afterMs
    if (waited > longestWaitMs || round === mostRounds) {
      return refuse({ code: 'service.pending', minutes: Math.max(1, Math.ceil(afterMs / 60_000)) })
    }
    try {
      await pause(afterMs, undefined, signal && { signal })
    } catch {
      return refuse({ code: 'app.cancelled' })
    }
  }
}

/** Seconds, or a date (RFC 9110 section 10.2.3); a minute where the server does not say. */
function retryAfterMs(header: string | undefined): number {
  const text = header?.trim() ?? ''
  if (/^\d{1,9}$/.test(text)) return Math.max(Number(text) * 1000, 1000)
  const at = Date.parse(text)
  return Number.isNaN(at) ? 60_000 : Math.max(at - Date.now(), 1000)
}

async function call(
  place: EstPlace,
  { password, client }: EstLogin,
  operation: string,
  what: Pick<ServiceCall, 'method' | 'headers' | 'body'>,
  signal?: AbortSignal,
): Promise<Result<ServiceAnswer>> {
  const base = serviceUrl(place.url)
  if (!base.ok) return base
  const basic = place.user === undefined ? undefined : `Basic ${toBase64(`${place.user}:${password ?? ''}`)}`
  const label = place.label === undefined ? '' : `/${encodeURIComponent(place.label)}`
  return callService({
    ...what,
    url: under(base.value, `/.well-known/est${label}/${operation}`),
    headers: { Accept: 'application/pkcs7-mime', ...what.headers, ...(basic && { Authorization: basic }) },
    trust: place.serverCaPem === undefined ? { system: true } : { caPem: place.serverCaPem },
    ...(client && { client }),
    ...(signal && { signal }),
  })
}

const toBase64 = (text: string): string => encodeBase64(new TextEncoder().encode(text))

/** Certificates of a `certs-only` answer: PKCS#7 in base64, with or without line breaks (RFC 8951 section 3.1). */
function certificatesFrom(place: EstPlace, { status, headers, body }: ServiceAnswer): Result<Bytes[]> {
  const address = new URL(place.url).host
  if (status !== 200) return refuse(refusalOf(address, status, headers['content-type'], body))
  const text = body.toString('latin1')
  // Some servers send the DER itself, against the RFC; its first octet is none of base64.
  const der = body[0] === 0x30 ? new Uint8Array(body) : decodeBase64(text.replace(/-----[^-\n]*-----|\s/g, ''))
  const certificates = (der && readPkcs7(der))?.certificates ?? []
  if (certificates.length > 0) return ok(certificates)
  const found = body.length === 0 ? 'nothing' : spoken(headers['content-type'] ?? `${body.length} bytes`)
  return refuse({ code: 'service.answer-strange', address, wanted: 'certificates (PKCS#7)', found })
}

function refusalOf(address: string, status: number, type: string | undefined, body: Buffer): Problem {
  if (status === 401 || status === 403) return { code: 'service.secret-refused', kind: 'est' }
  if (status === 404 || status === 405) return { code: 'service.not-there', address, kind: 'EST' }
  // Section 4.2.3: a refusal may say why in text for people.
  const says = /^text\//.test(type ?? '') ? spoken(body.toString('utf8')) : ''
  return { code: 'service.says-no', status, says }
}
