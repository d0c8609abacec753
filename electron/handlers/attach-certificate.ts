import { refusesAny } from '../../shared/findings.ts'
import { checkCertificate } from '../../shared/providers/conformance.ts'
import { ok } from '../../shared/result.ts'
import type { Handlers } from '../ipc.ts'
import type { AttachingMeans } from '../means.ts'
import { certificatesFor } from './certificates-for.ts'
import { chooseCertificates } from './choose-certificates.ts'
import { requestFactsOf } from './identity-detail.ts'
import { practiceIssuer } from './practice-issuer.ts'
import { storeCertificate } from './store-certificate.ts'

/**
 * Brings a certificate home: finds the identity it belongs to by its public key, orders its chain, judges it by the
 * provider's rules. Everything is decided before anything is stored, so a refusal changes nothing.
 */
export const attachCertificate = (means: AttachingMeans): Handlers['attachCertificate'] => {
  const choose = chooseCertificates(means)
  return async ({ identity, source, passphrase, despite }) => {
    const files = await choose(source)
    if (!files.ok) return files
    if (files.value === null) return ok({ outcome: 'cancelled' })
    const fitting = await certificatesFor(means, files.value, { identity, passphrase })
    if (!fitting.ok) return fitting
    const { record, name, certificate, chain, serverCaPem } = fitting.value

    const profile = await means.providers.find(record.plan.provider)
    const { facts } = certificate
    const judged = {
      facts,
      requestFacts: await requestFactsOf(record),
      selfSigned: facts.selfSigned === true,
      now: means.now(),
    }
    const findings = profile ? checkCertificate(profile, record.plan.environment, judged) : []
    const refusing = findings.filter((finding) => refusesAny([finding]))
    if (refusing.some(({ code }) => !despite.includes(code))) {
      const pem = [...new Set([certificate.pem, ...chain.map((one) => one.pem), serverCaPem ?? ''])].join('')
      return ok({ outcome: 'flagged', name, pem, findings })
    }
    const practice = await practiceIssuer(means, certificate.der)
    const stored = await storeCertificate(means, record.handle, {
      pem: certificate.pem,
      facts,
      chainPem: chain.map((one) => one.pem),
      // The practice provider, as real ones do, has another authority for its server than for its clients.
      serverCaPem: practice?.serverCaPem ?? serverCaPem,
      practice: practice !== undefined,
      accepted: refusing.map(({ code }) => code),
      what: 'attached',
    })
    return stored.ok ? ok({ outcome: 'attached', identity: stored.value }) : stored
  }
}
