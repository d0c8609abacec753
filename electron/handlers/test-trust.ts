import type { ConnectionTest } from '../../shared/calls/tests.ts'
import { readCertificate } from '../../shared/pki/certificate.ts'
import { pemBlocks, toPem } from '../../shared/pki/pem.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { TestingMeans } from '../means.ts'
import { governedRoots } from '../tls/governed-roots.ts'
import type { Trust } from '../tls/trust.ts'
import type { IdentityRecord } from '../vault/identity-record.ts'

/** Whom a test trusts at the other end, or why that cannot be. */
export function trustFor(
  { practice }: TestingMeans,
  trust: ConnectionTest['trust'],
  record: IdentityRecord | undefined,
): Result<Trust> {
  // Asked here too, because tests are made again without a person: by the watch, by the doctor.
  if (governedRoots()?.only && ['once', 'provider', 'pem'].includes(trust.by)) {
    return refuse({ code: 'policy.trust-fixed' })
  }
  switch (trust.by) {
    case 'system':
      return ok({ system: true })
    case 'once':
      return ok({ onceSha256: trust.sha256 })
    case 'practice': {
      const { running } = practice.state()
      return running ? ok({ caPem: running.serverCaPem }) : refuse({ code: 'practice.not-running' })
    }
    case 'provider':
      return record?.serverCaPem === undefined
        ? refuse({ code: 'test.no-provider-ca', name: record?.plan.name ?? 'this test' })
        : ok({ caPem: record.serverCaPem })
    case 'pem': {
      // TLS libraries take any text as `ca` without a word, and then trust nothing.
      const certificates = pemBlocks(trust.pem).filter(({ der }) => readCertificate(der) !== null)
      return certificates.length === 0
        ? refuse({ code: 'test.trust-file-wrong', name: 'pasted text' })
        : ok({ caPem: certificates.map(({ der }) => toPem('CERTIFICATE', der)).join('') })
    }
  }
}
