import type { signingServiceCalls } from '../../../shared/calls/signing-services.ts'
import { readCertificate } from '../../../shared/pki/certificate.ts'
import type { Bytes } from '../../../shared/pki/der.ts'
import { pemBlocks, toPem } from '../../../shared/pki/pem.ts'
import { ok, refuse } from '../../../shared/result.ts'
import { askService, type Behind, placeOf } from '../../authority/ask-service.ts'
import { withAuthorityEvent } from '../../authority/authority-history.ts'
import { keyKindOf } from '../../authority/key-kind.ts'
import { usualDefaults } from '../../authority/usual-defaults.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import type { AuthorityRecord } from '../../vault/authority-record.ts'
import { newHandle } from '../../vault/records.ts'
import { authorityDetailOf, findAuthority } from './authority-detail.ts'

/** Who answers the calls of `shared/calls/signing-services.ts`. */
export const signingServiceHandlers = (means: Means): Pick<Handlers, keyof typeof signingServiceCalls> => ({
  askSigningService: ({ work, service }) =>
    means.works.run(work, async (signal) => {
      const placed = placeOf(service)
      if (!placed.ok) return placed
      const asked = await askService(means, placed.value, undefined, signal)
      if (!asked.ok) return asked
      const { certificateDer, chainDer } = asked.value
      return ok({ authority: shown(certificateDer), chain: chainDer.map(shown) })
    }),

  addSigningService: ({ work, name, service, sha256, askEachTime }) =>
    means.works.run(work, async (signal, commit) => {
      const placed = placeOf(service)
      if (!placed.ok) return placed
      const ready = await means.vault.ready()
      if (!ready.ok) return ready
      const asked = await askService(means, placed.value, undefined, signal)
      if (!asked.ok) return asked
      const { facts } = shown(asked.value.certificateDer)
      if (facts.sha256 !== sha256) return refuse({ code: 'service.other-authority', name, found: facts.subject ?? '' })
      const { records } = await means.vault.authorities.list()
      const there = records.find((one) => sameAuthority(one, asked.value) && one.keyPlace.at === placed.value.place.at)
      if (there) return refuse({ code: 'authority.already-here', name: there.name })
      if (!commit()) return refuse({ code: 'app.cancelled' })
      const record = recordOf(asked.value, { name, askEachTime, keyPlace: placed.value.place }, means.now())
      const added = await means.vault.authorities.add(record.handle, record, placed.value.secrets)
      if (!added.ok) return added
      const { handle: id } = record
      await means.vault.journal.note({
        what: 'added',
        kind: 'authority',
        id,
        name,
        detail: placed.value.place.url.slice(0, 300),
      })
      means.news({ kind: 'authorities-changed' })
      return ok(await authorityDetailOf(means, record))
    }),

  changeSigningService: ({ work, authority, service }) =>
    means.works.run(work, async (signal, commit) => {
      const found = await findAuthority(means, authority)
      if (!found.ok) return found
      const { keyPlace, name } = found.value
      if (keyPlace.at !== service.at) return refuse({ code: 'service.not-a-service', name })
      const placed = placeOf(service)
      if (!placed.ok) return placed
      const { place, secrets } = placed.value
      // What was sealed for one server is not handed to another one without the user giving it anew.
      const elsewhere = keyPlace.url !== place.url || keyPlace.serverCaPem !== place.serverCaPem
      const asked = await askService(means, placed.value, elsewhere ? undefined : authority, signal)
      if (!asked.ok) return asked
      if (!sameAuthority(found.value, asked.value)) {
        const { subject = '' } = shown(asked.value.certificateDer).facts
        return refuse({ code: 'service.other-authority', name, found: subject })
      }
      if (!commit()) return refuse({ code: 'app.cancelled' })
      const gone = elsewhere ? { [place.at === 'cfssl' ? 'authKey' : 'password']: null } : {}
      const event = { at: means.now().toISOString(), what: 'service-changed', detail: place.url.slice(0, 300) }
      const changed = await means.vault.authorities.change(
        authority,
        (before) => withAuthorityEvent({ ...before, keyPlace: place }, event),
        { ...gone, ...secrets },
      )
      if (!changed) return refuse({ code: 'authority.no-such' })
      if (!changed.ok) return changed
      means.news({ kind: 'authorities-changed' })
      return ok(await authorityDetailOf(means, changed.value))
    }),
})

const shown = (der: Bytes) => ({ pem: toPem('CERTIFICATE', der), facts: readCertificate(der)?.facts ?? {} })

/** The same key: a certificate made anew for it is the same authority. */
function sameAuthority({ certificatePem }: AuthorityRecord, { certificateDer }: Behind): boolean {
  const known = readCertificate(pemBlocks(certificatePem)[0]?.der ?? new Uint8Array())?.facts
  const now = readCertificate(certificateDer)?.facts
  return known?.spkiSha256 === now?.spkiSha256 && known?.subject === now?.subject
}

function recordOf(
  { certificateDer, chainDer }: Behind,
  chosen: Pick<AuthorityRecord, 'name' | 'askEachTime' | 'keyPlace'>,
  now: Date,
): AuthorityRecord {
  const { facts } = shown(certificateDer)
  const key = keyKindOf(facts)
  const createdAt = now.toISOString()
  return {
    handle: newHandle(),
    kind: facts.subject === facts.issuer ? 'root' : 'issuing',
    ...chosen,
    ...(key && { key }),
    certificatePem: toPem('CERTIFICATE', certificateDer),
    chainPem: chainDer.map((der) => toPem('CERTIFICATE', der)),
    createdAt,
    notBefore: facts.notBefore ?? createdAt,
    notAfter: facts.notAfter ?? createdAt,
    defaults: usualDefaults,
    history: [{ at: createdAt, what: 'created', detail: `service ${chosen.keyPlace.at}` }],
  }
}
