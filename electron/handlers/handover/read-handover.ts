import type { Evidence } from '../../../shared/handover/checklist.ts'
import { ok } from '../../../shared/result.ts'
import type { ArrivalRow } from '../../../shared/webhooks/arrival.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { findIdentity } from '../identity-detail.ts'

export const readHandover =
  (means: Means): Handlers['readHandover'] =>
  async ({ identity }) => {
    const found = await findIdentity(means, identity)
    return found.ok ? ok(await evidenceFor(means, found.value.plan)) : found
  }

/** What has happened here that speaks for steps: a webhook that was let in, a certificate that was issued. */
export async function evidenceFor(
  { arrivals, vault }: Pick<Means, 'arrivals' | 'vault'>,
  { provider, environment }: { provider: string; environment: string },
): Promise<Evidence> {
  const { rows } = await arrivals.page(0, Number.POSITIVE_INFINITY)
  const webhook = rows.findLast((row) => row.provider === provider && cameFromOutside(row))
  const { records } = await vault.issued.list()
  const own = records.filter((one) => one.provider === provider && one.callsYou !== undefined && !one.revoked)
  const here = own.filter((one) => one.environment === environment)
  const signed = [...(here.length > 0 ? here : own)].sort((a, b) => a.issuedAt.localeCompare(b.issuedAt)).at(-1)
  return {
    ...(webhook && { webhook: { at: webhook.at, from: webhook.from } }),
    ...(signed && { signed: { at: signed.issuedAt, name: signed.name, here: here.length > 0 } }),
  }
}

/** What this computer sent itself (played, replayed, checked at the door) is no webhook of the provider. */
const cameFromOutside = ({ kind, outcome, from }: ArrivalRow) =>
  kind === 'request' && outcome === 'accepted' && !/^\[?(?:::ffff:)?(?:127\.|::1\b)/.test(from)
