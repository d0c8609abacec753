import { readCertificate } from '../../shared/pki/certificate.ts'
import { readCrl } from '../../shared/pki/crl.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { ClientDemand } from '../../shared/webhooks/client-verdict.ts'
import type { ListenerSetup } from '../../shared/webhooks/setup.ts'
import { currentList } from '../authority/make-list.ts'
import type { SigningMeans } from '../authority/signers.ts'
import { trustBundleOf } from '../authority/trust-bundle.ts'
import type { Means } from '../means.ts'

export type ResolvedDemand = {
  /** Asked for each caller: an authority may have revoked one, or been succeeded, since. */
  now(): Promise<ClientDemand>
  /** PEM of what is named to clients as acceptable. */
  acceptable: string[]
  says: string
}

type DemandMeans = SigningMeans & Pick<Means, 'practice'>

/** Certificates and revocation lists of a PEM text. */
export function materialOf(pem: string): { roots: Uint8Array[]; crls: Uint8Array[] } {
  const blocks = pemBlocks(pem).map(({ der }) => der)
  return {
    roots: blocks.filter((der) => readCertificate(der) !== null),
    crls: blocks.filter((der) => readCrl(der) !== null),
  }
}

/** What the set-up demands of callers, as certificates. */
export async function resolveDemand(
  means: DemandMeans,
  setup: ListenerSetup,
  profile: Profile,
): Promise<Result<ResolvedDemand>> {
  const { demand, clientName, checkCrl } = setup
  const name = clientName === undefined || clientName === '' ? {} : { name: clientName }
  const of = clientName ? ` with the name ${clientName}` : ''
  switch (demand.by) {
    case 'any':
      return ok({ now: async () => ({ by: 'any', ...name }), acceptable: [], says: 'any certificate' })
    case 'pin':
      return ok({
        now: async () => ({ by: { pin: demand.sha256 } }),
        acceptable: [],
        says: `the certificate ${demand.sha256.slice(0, 16)}…`,
      })
    case 'pem': {
      const { roots, crls } = materialOf(demand.pem)
      if (roots.length === 0) return refuse({ code: 'listener.demand-empty', name: demand.name })
      const judged: ClientDemand = { by: { roots }, crls, ...name, checkCrl: checkCrl && crls.length > 0 }
      return ok({
        now: async () => judged,
        acceptable: [demand.pem],
        says: `certificates of ${demand.name}${of}`,
      })
    }
    case 'practice': {
      const opened = await means.practice.opened(profile)
      if (!opened.ok) return opened
      const { clients, clientCaPem } = opened.value
      const judged: ClientDemand = { by: { roots: [clients.certificateDer] }, ...name }
      return ok({
        now: async () => judged,
        acceptable: [clientCaPem],
        says: `certificates of the practice ${profile.name}${of}`,
      })
    }
    case 'authority':
      return ofAuthority(means, demand.authority, { name, of, checkCrl })
  }
}

async function ofAuthority(
  means: DemandMeans,
  handle: string,
  { name, of, checkCrl }: { name: { name?: string }; of: string; checkCrl: boolean },
): Promise<Result<ResolvedDemand>> {
  const authority = await means.vault.authorities.find(handle)
  if (!authority) return refuse({ code: 'listener.authority-gone' })
  const list = checkCrl ? await currentList(means, handle) : null
  if (list && !list.ok) return list
  if (list && !list.value.der) return refuse({ code: 'listener.list-missing', name: authority.name })
  const trusted = async () => {
    const { records } = await means.vault.authorities.list()
    return trustBundleOf(records, handle, means.now())
  }
  return ok({
    async now() {
      const { roots } = materialOf(await trusted())
      const current = checkCrl ? await currentList(means, handle) : null
      const der = current?.ok ? current.value.der : undefined
      return { by: { roots }, ...name, crls: der ? [der] : [], checkCrl }
    },
    acceptable: [await trusted()],
    says: `certificates of “${authority.name}”${of}`,
  })
}
