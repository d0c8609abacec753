import { toPem } from '../../shared/pki/pem.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { TestingMeans } from '../means.ts'
import type { PemIdentity } from '../tls/probe-options.ts'
import type { IdentityRecord } from '../vault/identity-record.ts'

/** Key and certificate for one connection. The PEM text of the key lives until it is collected: TLS takes no bytes. */
export async function openIdentity(
  { vault }: Pick<TestingMeans, 'vault'>,
  record: IdentityRecord,
): Promise<Result<PemIdentity>> {
  const { certificatePem, chainPem, handle, keyPlace, plan } = record
  if (certificatePem === undefined) return refuse({ code: 'test.no-certificate', name: plan.name })
  if (keyPlace) return refuse({ code: 'token.tls-elsewhere', token: keyPlace.token })
  const pkcs8 = await vault.identities.secret(handle, 'privateKey')
  if (!pkcs8.ok) return pkcs8
  if (!pkcs8.value) return refuse({ code: 'vault.record-damaged', name: plan.name })
  const keyPem = toPem('PRIVATE KEY', pkcs8.value)
  pkcs8.value.fill(0)
  return ok({ certificatePem, chainPem, keyPem })
}
