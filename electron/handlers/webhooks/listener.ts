import { ok, type Result, refuse } from '../../../shared/result.ts'
import { firstSetup, isLoopback, type ListenerSetup } from '../../../shared/webhooks/setup.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import type { Secrets } from '../../vault/records.ts'
import { listenerAddresses } from '../../webhooks/addresses.ts'

/** How webhooks of a provider were listened to last. */
export const readListenerSetup =
  ({ vault, providers }: Means): Handlers['readListenerSetup'] =>
  async ({ provider }) => {
    if (!(await providers.find(provider))) return refuse({ code: 'plan.provider-unknown', provider })
    const record = await vault.listeners.find(provider)
    const secret = record ? await vault.listeners.secret(provider, 'signatureSecret') : ok(undefined)
    const hasSecret = secret.ok && secret.value !== undefined
    if (secret.ok) secret.value?.fill(0)
    return ok({ setup: record?.setup ?? firstSetup(provider), hasSecret, addresses: listenerAddresses() })
  }

/** Keeps the set-up, then listens by it. Started by hand only: nothing of this runs when the app starts. */
export const startListener =
  (means: Means): Handlers['startListener'] =>
  async ({ setup, secret }) => {
    if (!listenerAddresses().some(({ address }) => address === setup.address)) {
      return refuse({ code: 'listener.address-gone', address: setup.address })
    }
    if (!(await means.providers.find(setup.provider))) {
      return refuse({ code: 'plan.provider-unknown', provider: setup.provider })
    }
    if (!isLoopback(setup.address) && !(await mayBeCalled(means, setup))) {
      return refuse({ code: 'listener.network-declined', address: setup.address })
    }
    const kept = await keep(means, setup, secret)
    return kept.ok ? means.listening.start(setup) : kept
  }

/** Main asks itself: a page that was taken over opens no port to the network. */
const mayBeCalled = ({ ask }: Means, { address, port, demand }: ListenerSetup) =>
  ask.confirm({
    title: 'Let other computers call the listener?',
    detail: [
      `Every computer that reaches ${address} can call port ${port} of this one until you stop the listener.`,
      ...(demand.by === 'any' ? ['It takes every certificate.'] : []),
      'What they send is kept here. Your firewall may ask too.',
    ].join(' '),
    button: 'Let them call',
  })

/** With practice certificates and no secret a listener needs no vault; its set-up is then not remembered. */
async function keep(
  { vault }: Means,
  setup: ListenerSetup,
  secret: string | null | undefined,
): Promise<Result<unknown>> {
  const secrets: Secrets = {}
  if (secret !== undefined) secrets.signatureSecret = secret === null ? null : new TextEncoder().encode(secret)
  const changed = await vault.listeners.change(setup.provider, (before) => ({ ...before, setup }), secrets)
  const kept = changed ?? (await vault.listeners.add(setup.provider, { setup }, secrets))
  const unneeded =
    setup.server.by === 'practice' && setup.demand.by !== 'authority' && (secret === undefined || secret === null)
  return kept.ok || !unneeded || !['vault.locked', 'vault.not-set-up'].includes(kept.problem.code) ? kept : ok(null)
}

/** What the next caller is answered. */
export const changeWebhookAnswer =
  ({ vault, listening }: Means): Handlers['changeWebhookAnswer'] =>
  async ({ provider, answer }) => {
    const { running } = listening.state()
    // A set-up that could not be kept is changed for as long as it runs.
    await vault.listeners.change(provider, (before) => ({ ...before, setup: { ...before.setup, answer } }))
    return ok(running?.provider === provider ? listening.setAnswer(answer) : listening.state())
  }
