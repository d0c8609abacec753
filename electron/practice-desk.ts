import { pemBlocks, toPem } from '../shared/pki/pem.ts'
import type { PracticeState } from '../shared/practice-state.ts'
import type { Profile } from '../shared/providers/profile.ts'
import { ok, type Result, refuse } from '../shared/result.ts'
import { createTurns } from './in-turn.ts'
import type { OpenedAuthority } from './practice/practice-authority.ts'
import type { PracticeServer } from './practice/practice-server.ts'
import type { Vault } from './vault/vault.ts'

/** The one practice provider of this app: started, stopped, and remembered by its authority. */
export type Practice = {
  state(): PracticeState
  /** `onFile`: certificates (PEM) that were handed in before and are still in use. */
  start(profile: Profile, environment: string, onFile: string[]): Promise<Result<PracticeState>>
  stop(): Promise<PracticeState>
  submit(pem: string): ReturnType<PracticeServer['submit']>
  /** A certificate that is retired is refused from then on; `on` takes that back. Nothing while none runs. */
  putOnFile(certificatePem: string, on: boolean): void
  /** Every practice authority known here: what `clientCa` (DER) issued is practice; `serverCaPem` is its server's. */
  authorities(): Promise<{ clientCa: Uint8Array; serverCaPem: string }[]>
  /** Its authorities with their keys, whether or not it runs: for what is only played. */
  opened(profile: Profile): Promise<Result<OpenedAuthority>>
}

export function createPractice(vault: Vault, now: () => Date, changed: (state: PracticeState) => void): Practice {
  const turn = createTurns()
  let server: PracticeServer | null = null
  const state = (): PracticeState => ({ running: server?.state ?? null })

  /** Kept sealed, so that what it issued yesterday is still taken today; without a vault it lasts as long as the app. */
  const unkept = new Map<string, { certificatePem: string; pkcs8: Uint8Array }>()
  async function authorityFor(profile: Profile): Promise<Result<{ certificatePem: string; pkcs8: Uint8Array }>> {
    const kept = await vault.practice.find(profile.id)
    if (kept) {
      const pkcs8 = await vault.practice.secret(profile.id, 'privateKey')
      if (!pkcs8.ok) return pkcs8
      if (pkcs8.value) return ok({ certificatePem: kept.certificatePem, pkcs8: pkcs8.value })
    }
    const { createPracticeAuthority } = await import('./practice/practice-server.ts')
    const made = unkept.get(profile.id) ?? (await createPracticeAuthority(profile, now()))
    const record = { provider: profile.id, certificatePem: made.certificatePem }
    const added = await vault.practice.add(profile.id, record, { privateKey: made.pkcs8 })
    if (!added.ok) unkept.set(profile.id, made)
    return ok(made)
  }

  async function stop() {
    const running = server
    server = null
    if (running) {
      await running.close()
      changed(state())
    }
    return state()
  }

  return {
    state,
    start: (profile, environment, onFile) =>
      turn(async () => {
        const authority = await authorityFor(profile)
        if (!authority.ok) return authority
        await stop()
        const { startPractice } = await import('./practice/practice-server.ts')
        server = await startPractice({ profile, environment, authority: authority.value, onFile, now })
        changed(state())
        return ok(state())
      }),
    stop: () => turn(stop),
    submit: async (pem) => (server ? server.submit(pem) : refuse({ code: 'practice.not-running' })),
    putOnFile: (pem, on) => server?.putOnFile(pem, on),
    opened: (profile) =>
      turn(async () => {
        const authority = await authorityFor(profile)
        if (!authority.ok) return authority
        const { openPracticeAuthority } = await import('./practice/practice-authority.ts')
        return ok(openPracticeAuthority(authority.value))
      }),
    async authorities() {
      const { records } = await vault.practice.list()
      return [...records, ...unkept.values()].flatMap(({ certificatePem }) => {
        const [client, server] = pemBlocks(certificatePem)
        return client && server ? [{ clientCa: client.der, serverCaPem: toPem('CERTIFICATE', server.der) }] : []
      })
    },
  }
}
