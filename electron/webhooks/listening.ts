import { ok, type Result, refuse } from '../../shared/result.ts'
import type { ListenerState } from '../../shared/webhooks/listener-state.ts'
import { isLoopback, type ListenerSetup, type WebhookAnswer } from '../../shared/webhooks/setup.ts'
import type { SigningMeans } from '../authority/signers.ts'
import type { openIdentity } from '../handlers/open-identity.ts'
import { createTurns } from '../in-turn.ts'
import type { Means } from '../means.ts'
import type { Arrivals } from './arrivals.ts'
import type { CrlServer } from './crl-server.ts'
import type { Listener, NewArrival } from './listener.ts'

type ListeningMeans = SigningMeans & Pick<Means, 'practice' | 'providers' | 'news'> & Parameters<typeof openIdentity>[0]

/** What listens is loaded when something does. */
async function parts() {
  const [lists, crl, demand, listener, server] = await Promise.all([
    import('../authority/make-list.ts'),
    import('./crl-server.ts'),
    import('./demand.ts'),
    import('./listener.ts'),
    import('./server-certificate.ts'),
  ])
  return { ...lists, ...crl, ...demand, ...listener, ...server }
}

/** News of a flood of calls is told this often, and what came in between is written in one go. */
const gatherMs = 80

/** The one listener of this app: started and stopped by hand, never by itself. */
export function createListening(get: () => ListeningMeans, arrivals: Arrivals) {
  const turn = createTurns()
  let running: { listener: Listener; crl: CrlServer | null; state: NonNullable<ListenerState['running']> } | null = null
  let waiting: NewArrival[] = []
  let timer: NodeJS.Timeout | undefined
  let written: Promise<unknown> = Promise.resolve()

  const state = (): ListenerState => ({ running: running?.state ?? null })
  const changed = () => get().news({ kind: 'listener-changed', listener: state() })

  function arrived(arrival: NewArrival) {
    waiting.push(arrival)
    timer ??= setTimeout(flush, gatherMs)
  }

  function flush() {
    clearTimeout(timer)
    timer = undefined
    const batch = waiting
    waiting = []
    if (batch.length === 0) return
    written = written
      .then(() => arrivals.append(batch))
      .then(() => arrivals.page(Number.MAX_SAFE_INTEGER, 1))
      .then(({ first, last, count }) => get().news({ kind: 'arrivals', first, last, count }))
      .catch(() => {
        if (running) running.state = { ...running.state, lost: running.state.lost + batch.length }
        changed()
      })
  }

  async function stop(): Promise<ListenerState> {
    const was = running
    running = null
    if (was) {
      await Promise.all([was.listener.close(), was.crl?.close()])
      flush()
      await written
      changed()
    }
    return state()
  }

  async function start(setup: ListenerSetup): Promise<Result<ListenerState>> {
    const means = get()
    const profile = await means.providers.find(setup.provider)
    if (!profile) return refuse({ code: 'plan.provider-unknown', provider: setup.provider })
    const { currentList, resolveDemand, serveList, serverIdentity, startListener } = await parts()
    const demand = await resolveDemand(means, setup, profile)
    if (!demand.ok) return demand
    const server = await serverIdentity(means, setup, profile)
    if (!server.ok) return server
    const secret = await means.vault.listeners.secret(setup.provider, 'signatureSecret')
    if (!secret.ok && secret.problem.code !== 'vault.locked' && secret.problem.code !== 'vault.not-set-up')
      return secret
    const kept = secret.ok ? secret.value?.toString() : undefined
    const rule = profile.webhooks?.signature
    await stop()
    const started = await startListener({
      provider: profile.id,
      address: setup.address,
      port: setup.port,
      server: server.value,
      demand: demand.value.now,
      acceptable: demand.value.acceptable,
      ...(rule && { signature: { rule, ...(kept !== undefined && { secret: kept }) } }),
      refusal: setup.refusal,
      minVersion: setup.minVersion,
      keepSecrets: setup.keepSecrets,
      answer: setup.answer,
      now: means.now,
      onArrival: arrived,
    })
    if (!started.ok) return started
    const listener = started.value
    const { server: own, demand: wanted, serveCrl } = setup
    const authority = wanted.by === 'authority' ? wanted.authority : own.by === 'authority' ? own.authority : null
    const list = async () => {
      const current = authority === null ? null : await currentList(means, authority)
      return current?.ok ? current.value.der : undefined
    }
    const crl = serveCrl && authority !== null ? await serveList(list) : null
    running = {
      listener,
      crl,
      state: {
        provider: profile.id,
        providerName: profile.name,
        url: listener.url,
        since: means.now().toISOString(),
        onNetwork: !isLoopback(setup.address),
        serverCaPem: server.value.trust,
        serverSubject: server.value.subject,
        checksSignature: rule !== undefined && kept !== undefined,
        demands: demand.value.says,
        ...(crl && { crlUrl: crl.url }),
        setup,
        lost: 0,
      },
    }
    changed()
    const stored = setup.server.by !== 'practice' || kept !== undefined
    const detail = setup.server.by === 'practice' ? 'signing secret' : `certificate of ${server.value.name}`
    if (stored) await means.vault.journal.note({ what: 'used-to-listen', kind: 'listener', name: profile.name, detail })
    return ok(state())
  }

  return {
    state,
    start: (setup: ListenerSetup) => turn(() => start(setup)),
    stop: () => turn(stop),
    setAnswer(answer: WebhookAnswer): ListenerState {
      if (running) {
        running.listener.setAnswer(answer)
        running.state = { ...running.state, setup: { ...running.state.setup, answer } }
        changed()
      }
      return state()
    },
    /** What has arrived until now is on disk. */
    async settled() {
      flush()
      await written
    },
  }
}

export type Listening = ReturnType<typeof createListening>
