import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { wishesOf } from '../../shared/authority/cfssl-wishes.ts'
import type { Bytes } from '../../shared/pki/der.ts'
import { pemBlocks, toPem } from '../../shared/pki/pem.ts'
import type { Problem } from '../../shared/problems.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { AuthorityRecord, KeyPlace } from '../vault/authority-record.ts'
import { answerFor } from './check-answer.ts'
import { mayUse } from './may-use.ts'
import { serviceUrl, spoken, under } from './service-address.ts'
import { callService, type ServiceAnswer } from './service-call.ts'
import type { Signer } from './signer.ts'
import type { SigningMeans } from './signers.ts'

export type CfsslPlace = Extract<KeyPlace, { at: 'cfssl' }>

/** What every answer of cfssl looks like (its doc/api); `errors` has one element when it refuses. */
const Answer = z.object({
  success: z.boolean(),
  result: z.object({ certificate: z.string().max(100_000).optional() }).nullish(),
  errors: z.array(z.object({ code: z.number(), message: z.string() })).nullish(),
})

/** The authority behind a cfssl server (`info`). The call needs no key. */
export async function askCfssl(place: CfsslPlace, signal?: AbortSignal): Promise<Result<Bytes[]>> {
  const answered = await post(place, 'info', JSON.stringify(named(place)), signal)
  return answered.ok ? certificatesFrom(place, answered.value) : answered
}

/** A key that cfssl holds, reached by its authenticated remote signing (`authsign`). */
export function cfsslSigner(means: SigningMeans, record: AuthorityRecord, place: CfsslPlace): Signer {
  return {
    decides: 'service',
    async sign({ requestDer, content, whose, signal }) {
      const allowed = await mayUse(means, record, `have a certificate signed for “${whose}” by ${place.url}`)
      if (!allowed.ok) return allowed
      const key = await means.vault.authorities.secret(record.handle, 'authKey')
      if (!key.ok) return key
      const request = JSON.stringify({
        certificate_request: toPem('CERTIFICATE REQUEST', requestDer),
        ...wishesOf(requestDer, content),
        ...named(place),
      })
      const answered = await post(place, 'authsign', authenticated(request, key.value ?? Buffer.alloc(0)), signal)
      key.value?.fill(0)
      if (!answered.ok) return answered
      const certificates = certificatesFrom(place, answered.value)
      return certificates.ok ? answerFor(record, requestDer, certificates.value) : certificates
    },
    signList: async () => refuse({ code: 'service.no-lists', name: record.name }),
  }
}

const named = ({ label, profile }: CfsslPlace) => ({ label: label ?? '', profile: profile ?? '' })

/** cfssl’s “standard” provider: HMAC-SHA-256 over the very octets of the request, both in base64. */
function authenticated(request: string, key: Uint8Array): string {
  const token = createHmac('sha256', key).update(request).digest('base64')
  return JSON.stringify({ token, request: Buffer.from(request).toString('base64') })
}

async function post(
  place: CfsslPlace,
  endpoint: string,
  body: string,
  signal?: AbortSignal,
): Promise<Result<ServiceAnswer>> {
  const base = serviceUrl(place.url)
  if (!base.ok) return base
  return callService({
    url: under(base.value, `/api/v1/cfssl/${endpoint}`),
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body,
    trust: place.serverCaPem === undefined ? { system: true } : { caPem: place.serverCaPem },
    ...(place.plainHttp && { plainHttp: true }),
    ...(signal && { signal }),
  })
}

function certificatesFrom({ url }: CfsslPlace, { status, body }: ServiceAnswer): Result<Bytes[]> {
  const address = new URL(url).host
  const read = Answer.safeParse(parseJson(body))
  if (!read.success) {
    // Its own router answers so when an endpoint is switched off, as `sign` is beside `authsign`.
    if (status === 404) return refuse({ code: 'service.not-there', address, kind: 'cfssl' })
    const found = body.length === 0 ? 'nothing' : `${body.length} bytes, HTTP ${status}`
    return refuse({ code: 'service.answer-strange', address, wanted: 'an answer of cfssl', found })
  }
  const { success, result, errors } = read.data
  if (!success) return refuse(refusalOf(status, errors?.[0]))
  const certificates = pemBlocks(result?.certificate ?? '').map(({ der }) => der)
  if (certificates.length > 0) return ok(certificates)
  return refuse({ code: 'service.answer-strange', address, wanted: 'a certificate', found: 'an answer without one' })
}

/** cfssl’s codes tell an area by their thousands: 5 is its policy, 9 the request (its package `errors`). */
function refusalOf(status: number, error: { code: number; message: string } | undefined): Problem {
  const says = spoken(error?.message ?? '')
  const number = error?.code
  // Its authentication has no code of its own.
  if (status === 401 || /invalid token/i.test(says)) return { code: 'service.secret-refused', kind: 'cfssl' }
  if (number === undefined) return { code: 'service.says-no', status, says }
  if (number >= 5000 && number < 6000) return { code: 'service.policy-refuses', number, says }
  if (number >= 9000 && number < 10_000) return { code: 'service.request-refused', number, says }
  return { code: 'service.says-no', status, number, says }
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return null
  }
}
