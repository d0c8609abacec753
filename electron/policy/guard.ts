import type { CallName, Input } from '../../shared/contract.ts'
import { receivers } from '../../shared/handover/receivers.ts'
import { formOf } from '../../shared/pki/convert-forms.ts'
import { isGoverned } from '../../shared/policy/policy-state.ts'
import type { Problem } from '../../shared/problems.ts'
import { refuse } from '../../shared/result.ts'
import type { Handlers } from '../ipc.ts'
import { decidedProxy } from './govern.ts'
import type { LoadedPolicy } from './load-policy.ts'
import { brokenPolicy, otherTrustRefusal, passphraseRefusal, providerRefusal } from './refusals.ts'

type Rules = { [N in CallName]?: (input: Input<N>, policy: LoadedPolicy) => Problem | null }

const connects = (policy: LoadedPolicy) => brokenPolicy(policy, 'trust', 'proxy')

/** Files, certificates and authorities of one’s own; what runs in this app itself is no question of trust. */
const trustsOther = (by: string) => !['system', 'practice', 'listener'].includes(by)

const calls = (input: { trust: { by: string } }, policy: LoadedPolicy) =>
  connects(policy) ?? (trustsOther(input.trust.by) ? otherTrustRefusal(policy) : null)

const asksService = ({ service }: { service: { serverCaPem?: string | undefined } }, policy: LoadedPolicy) =>
  connects(policy) ?? (service.serverCaPem === undefined ? null : otherTrustRefusal(policy))

const newPassphrase = ({ passphrase }: { passphrase: string }, policy: LoadedPolicy) =>
  passphraseRefusal(policy, passphrase, false)

const isOther = (chosen: unknown, decided: unknown) => JSON.stringify(chosen) !== JSON.stringify(decided)

/** What a policy refuses at the door. Below it, trust, ways and providers are governed once more, whoever asks. */
const rules: Rules = {
  changeSettings(change, policy) {
    if (change.proxy === undefined || !isGoverned(policy, 'proxy')) return null
    return brokenPolicy(policy, 'proxy') ?? { code: 'policy.managed', what: 'the proxy' }
  },
  createIdentity: ({ plan }, policy) => providerRefusal(policy, plan.provider),
  finishImport: ({ rows }, policy) =>
    rows.map(({ provider }) => providerRefusal(policy, provider)).find((one) => one !== null) ?? null,
  testConnection(input, policy) {
    const refused = calls(input, policy)
    const chosen = input.options?.proxy
    if (refused || chosen === undefined || !isGoverned(policy, 'proxy')) return refused
    return isOther(chosen, decidedProxy(policy)) ? { code: 'policy.managed', what: 'the proxy' } : null
  },
  testEndpoints: (_, policy) => connects(policy),
  startInspection: ({ source }, policy) => (source.from === 'address' ? connects(policy) : null),
  checkDoor: calls,
  playProvider: calls,
  replayArrival: calls,
  askSigningService: asksService,
  addSigningService: asksService,
  changeSigningService: asksService,
  setVaultPassphrase: newPassphrase,
  saveBackup: newPassphrase,
  exportIdentity: ({ as }, policy) =>
    as.format === 'certificate' ? null : passphraseRefusal(policy, as.passphrase, true),
  exportIdentities: ({ wish: { bundles } }, policy) =>
    bundles === null ? null : passphraseRefusal(policy, bundles.passphrase, true),
  exportFor({ receiver: id, passphrase }, policy) {
    const receiver = receivers.find((one) => one.id === id)
    if (receiver?.public) return null
    return passphraseRefusal(policy, receiver?.passphrase === 'none' ? null : passphrase, true)
  },
  convertFiles({ wish: { to, keys }, passphrase }, policy) {
    if (formOf(to).keys === 'never') return null
    // Without a passphrase a key is either left out, or refused further in.
    return keys === 'open' || passphrase !== null
      ? passphraseRefusal(policy, keys === 'open' ? null : passphrase, true)
      : null
  },
}

/** The handlers behind a policy. Without one they are what they were. */
export function guarded(handlers: Handlers, policy: LoadedPolicy): Handlers {
  if (policy.state === 'none') return handlers
  const names = Object.keys(handlers) as CallName[]
  const behind = names.map((name) => {
    const rule = rules[name] as ((input: unknown, policy: LoadedPolicy) => Problem | null) | undefined
    const handle = handlers[name] as (input: unknown) => Promise<unknown>
    const ask = async (input: unknown) => {
      const problem = rule?.(input, policy) ?? null
      return problem ? refuse(problem) : handle(input)
    }
    return [name, ask]
  })
  return Object.fromEntries(behind) as Handlers
}
