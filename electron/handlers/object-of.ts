import type { Compared } from '../../shared/pki/compare-words.ts'
import type { ObjectRef } from '../../shared/pki/inspect-calls.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { Means } from '../means.ts'
import { findIdentity } from './identity-detail.ts'

/** What an identity holds, as PEM under its name; refused where there is no certificate yet. */
export async function heldBy(
  means: Means,
  { identity, part }: { identity: string; part: 'certificate' | 'request' },
): Promise<Result<{ name: string; pem: string; chainPem: string[] }>> {
  const found = await findIdentity(means, identity)
  if (!found.ok) return found
  const { plan, requestPem, certificatePem, chainPem } = found.value
  const pem = part === 'request' ? requestPem : certificatePem
  return pem === undefined ? refuse({ code: 'export.no-certificate' }) : ok({ name: plan.name, pem, chainPem })
}

/** An object to compare: one of an inspection, or one of mine. */
export async function objectOf(means: Means, ref: ObjectRef): Promise<Result<Compared>> {
  if (ref.of === 'inspection') return means.inspections.ask(ref.inspection, (reading) => reading.compared(ref.object))
  const held = await heldBy(means, ref)
  if (!held.ok) return held
  const { name, pem } = held.value
  const reader = await means.reader()
  const looked = await reader.inspect([{ file: name, bytes: new TextEncoder().encode(pem) }], [], means.now())
  if (!looked.ok) return looked
  const [object] = looked.value.objects
  return object ? ok({ ...object, name }) : refuse({ code: 'object.not-found' })
}
