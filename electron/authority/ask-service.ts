import type { SigningService } from '../../shared/calls/signing-services.ts'
import { type Certificate, readCertificate } from '../../shared/pki/certificate.ts'
import { orderChainChecked } from '../../shared/pki/chain.ts'
import type { Bytes } from '../../shared/pki/der.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { KeyPlace } from '../vault/authority-record.ts'
import type { Secrets } from '../vault/records.ts'
import { askCfssl } from './cfssl-signer.ts'
import { askEst, type EstLogin, estClient, estLogin } from './est-signer.ts'
import { serviceUrl } from './service-address.ts'
import type { SigningMeans } from './signers.ts'

/** A service taken apart: what may be known, and what is sealed beside it. */
export type ServicePlace = { place: Extract<KeyPlace, { at: 'cfssl' | 'est' }>; secrets: Secrets }

/** The place of a service as it is kept, with its secrets apart. */
export function placeOf(service: SigningService): Result<ServicePlace> {
  const url = serviceUrl(service.url)
  if (!url.ok) return url
  const { label, serverCaPem } = service
  if (serverCaPem !== undefined && pemBlocks(serverCaPem).every(({ der }) => readCertificate(der) === null)) {
    return refuse({ code: 'test.trust-file-wrong', name: 'pasted text' })
  }
  const common = { url: url.value.href, ...(label && { label }), ...(serverCaPem && { serverCaPem }) }
  if (service.at === 'est') {
    const { user, password, identity } = service
    const place = { at: 'est' as const, ...common, ...(user && { user }), ...(identity && { identity }) }
    const secrets: Secrets = password ? { password: new TextEncoder().encode(password) } : {}
    return ok({ place, secrets })
  }
  const { profile, authKey, plainHttp } = service
  const digits = authKey?.replace(/\s/g, '') ?? ''
  if (digits !== '' && !/^([0-9a-f]{2}){1,512}$/i.test(digits)) return refuse({ code: 'service.secret-malformed' })
  const place = { at: 'cfssl' as const, ...common, ...(profile && { profile }), ...(plainHttp && { plainHttp }) }
  const secrets: Secrets = digits === '' ? {} : { authKey: Uint8Array.from(Buffer.from(digits, 'hex')) }
  return ok({ place, secrets })
}

/** `certificateDer` signs; `chainDer` are the issuers above it, nearest first. */
export type Behind = { certificateDer: Bytes; chainDer: Bytes[] }

/** Which authority is behind a service. `known`: an authority whose sealed password counts where none is given. */
export async function askService(
  means: Pick<SigningMeans, 'vault'>,
  { place, secrets }: ServicePlace,
  known?: string,
  signal?: AbortSignal,
): Promise<Result<Behind>> {
  if (place.at === 'cfssl') {
    const sent = await askCfssl(place, signal)
    return sent.ok ? behind(place.url, sent.value) : sent
  }
  const login = await loginFor(means, place, secrets, known)
  if (!login.ok) return login
  const sent = await askEst(place, login.value, signal)
  return sent.ok ? behind(place.url, sent.value) : sent
}

async function loginFor(
  means: Pick<SigningMeans, 'vault'>,
  place: Extract<KeyPlace, { at: 'est' }>,
  { password }: Secrets,
  known: string | undefined,
): Promise<Result<EstLogin>> {
  if (known !== undefined && !password) return estLogin(means, known, place)
  const client = await estClient(means, place.identity)
  if (!client.ok) return client
  return ok({ ...client.value, ...(password && { password: new TextDecoder().decode(password) }) })
}

/** EST sends its authorities in any order, those of a roll-over among them (RFC 7030 section 4.1.3). */
async function behind(url: string, sent: readonly Bytes[]): Promise<Result<Behind>> {
  const authorities = sent.flatMap((der) => readCertificate(der) ?? []).filter(({ facts }) => facts.isCa)
  const issuers = new Set(authorities.flatMap(({ facts }) => (facts.subject === facts.issuer ? [] : [facts.issuer])))
  const lowest = authorities.filter(({ facts }) => !issuers.has(facts.subject))
  const [signs] = (lowest.length > 0 ? lowest : authorities).sort(latestFirst)
  if (!signs) {
    const address = new URL(url).host
    return refuse({
      code: 'service.answer-strange',
      address,
      wanted: 'the certificate of an authority',
      found: 'others',
    })
  }
  const { chain } = await orderChainChecked(signs.der, sent)
  return ok({ certificateDer: signs.der, chainDer: chain })
}

const latestFirst = (a: Certificate, b: Certificate) => (b.facts.notAfter ?? '').localeCompare(a.facts.notAfter ?? '')
