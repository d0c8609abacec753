import { type CallName, contract, type News, type Output } from '../../shared/contract.ts'
import type { Desk } from '../../shared/desk.ts'
import { remindersOn } from '../../shared/expiry/reminders.ts'
import type { Draft, IdentityDetail, IdentityPlan, IdentitySummary } from '../../shared/identity.ts'
import { environmentOf, subjectOf } from '../../shared/providers/plan.ts'
import { builtInProfiles } from '../../shared/providers/registry.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { Settings } from '../../shared/settings.ts'
import { expiryItems } from './preview/expiry.ts'
import { previewInspections } from './preview/inspections.ts'
import { detail, people, signed } from './preview/people.ts'

type Options = {
  empty?: boolean
  vault?: 'new' | 'locked' | 'open'
  appearance?: Settings['appearance']
  slowKey?: boolean
}

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms))

/**
 * A desk without a main process, for looking at the page alone. Built by walking the contract, so that a new call is
 * there by itself (it refuses until it has an answer here); every answer must pass the contract's own schema.
 */
export function createFakeDesk(options: Options = {}): Desk {
  const listeners = new Set<(news: News) => void>()
  const tell = (news: News) => {
    for (const listen of listeners) listen(news)
  }
  const details = new Map<string, IdentityDetail>(options.empty ? [] : people.map((one) => [one.handle, detail(one)]))
  const settings = Settings.parse({ appearance: options.appearance ?? 'system' })
  let vault: Output<'vaultState'> = {
    state: options.vault ?? 'open',
    keptBy: options.vault === 'new' ? null : options.vault === 'locked' ? 'passphrase' : 'keychain',
    keychain: options.vault ? null : 'GNOME keyring',
    ways: options.vault === 'new' ? [] : options.vault === 'locked' ? ['passphrase'] : ['keychain'],
  }
  let draft: Draft | null = null
  let practice: Output<'practiceState'> = { running: null }
  let cancelled = false
  const inspections = previewInspections(options.slowKey ?? false)

  const summaryOf = (one: IdentityDetail): IdentitySummary => {
    const { plan, requestPem, requestFacts, certificatePem, certificateFacts, ...rest } = one
    const { chain, serverCaPem, findings, remembered, history, ...summary } = rest
    return summary
  }
  const items = () => expiryItems([...details.values()].map(summaryOf), settings.reminders.days)
  const keep = (one: IdentityDetail): Result<IdentityDetail> => {
    details.set(one.handle, one)
    tell({ kind: 'identities-changed' })
    return ok(one)
  }
  const made = (plan: IdentityPlan): IdentityDetail => {
    const profile = builtInProfiles.find((one) => one.id === plan.provider)!
    return {
      ...detail({
        handle: `made${String(details.size).padStart(4, '0')}`,
        name: plan.name,
        provider: plan.provider,
        providerName: profile.name,
        environment: plan.environment,
        environmentName: environmentOf(profile, plan.environment)!.name,
        state: 'requested',
        commonName: subjectOf(profile, plan).find((part) => part.type === 'CN')?.value,
        key: plan.key,
        keptBy: 'keychain',
        createdAt: new Date().toISOString(),
        practice: false,
        spkiSha256: 'ab'.repeat(32),
      }),
      plan,
    }
  }
  const open = (): Result<Output<'vaultState'>> => {
    vault = { state: 'open', keptBy: 'passphrase', keychain: null, ways: ['passphrase'] }
    tell({ kind: 'vault-changed', vault })
    return ok(vault)
  }

  const answers: { [N in CallName]?: (input: never) => unknown } = {
    listProviders: () => ok({ providers: builtInProfiles.map((profile) => ({ profile, builtIn: true })) }),
    listIdentities: () => ok({ identities: [...details.values()].map(summaryOf), damaged: [] }),
    listReminders: () => ok({ reminders: remindersOn(items(), new Date()) }),
    listExpiring: () => ok({ now: new Date().toISOString(), items: items(), damaged: [] }),
    readClock: () => ok({ now: new Date().toISOString() }),
    changeReminder: () => ok({}),
    listFeeds: () => ok({ feeds: [] }),
    backgroundState: () => ok({ enabled: false, tray: 'off', startsAtLogin: false }),
    readIdentity: ({ identity }: { identity: string }) => {
      const found = details.get(identity)
      return found ? ok(found) : refuse({ code: 'vault.no-such-identity' })
    },
    createIdentity: async ({ work, plan }: { work: string; plan: IdentityPlan }) => {
      cancelled = false
      for (let at = 1; options.slowKey && at < 100 && !cancelled; at++) {
        await wait(100)
        tell({ kind: 'work', work, says: 'Making the key', elapsedMs: at * 100 })
      }
      return cancelled ? refuse({ code: 'app.cancelled' }) : keep(made(plan))
    },
    cancelWork: () => {
      cancelled = true
      return ok({})
    },
    selfSign: ({ identity, days }: { identity: string; days: number }) => keep(signed(details.get(identity)!, days)),
    attachCertificate: ({ identity, source, passphrase, despite }: never) =>
      attach(identity, source, passphrase, despite),
    renameIdentity: ({ identity, name }: { identity: string; name: string }) =>
      keep({ ...details.get(identity)!, name }),
    removeIdentity: ({ identity }: { identity: string }) => {
      details.delete(identity)
      return ok({})
    },
    saveRequest: () => ok({ saved: 'acme.csr' }),
    saveCertificate: () => ok({ saved: 'acme.crt' }),
    exportIdentity: () => ok({ saved: ['acme.p12'] }),
    readDraft: () => ok({ draft }),
    saveDraft: (input: { draft: Draft | null }) => {
      draft = input.draft
      return ok({})
    },
    practiceState: () => ok(practice),
    startPractice: ({ provider, environment }: { provider: string; environment: string }) => {
      practice = {
        running: {
          provider,
          providerName: builtInProfiles.find((one) => one.id === provider)!.name,
          environment,
          apiUrl: 'https://127.0.0.1:44321',
          portalUrl: 'https://127.0.0.1:44322',
          serverCaPem: 'pem',
          clientCaPem: 'pem',
        },
      }
      tell({ kind: 'practice-changed', practice })
      return ok(practice)
    },
    stopPractice: () => {
      practice = { running: null }
      tell({ kind: 'practice-changed', practice })
      return ok(practice)
    },
    submitToPractice: () =>
      ok({ certificatePem: 'practice', serverCaPem: 'pem', says: 'Signed by the practice CA, valid for one year.' }),
    ...inspections.answers,
    vaultState: () => ok(vault),
    setVaultPassphrase: open,
    unlockVault: ({ passphrase }: { passphrase: string }) =>
      passphrase === 'wrong' ? refuse({ code: 'vault.passphrase-wrong' }) : open(),
    lockVault: () => {
      vault = { ...vault, state: 'locked' }
      tell({ kind: 'vault-changed', vault })
      return ok(vault)
    },
    readSettings: () => ok(settings),
    changeSettings: (change: Partial<Settings>) => {
      Object.assign(settings, change)
      tell({ kind: 'settings-changed', settings: { ...settings } })
      return ok({ ...settings })
    },
    copyText: () => ok({}),
    openPage: () => ok({}),
    about: () =>
      ok({
        version: '0.1.0',
        electron: '45.4.1',
        chromium: '142.0.7444.59',
        node: '24.11.0',
        platform: 'linux x64',
        licences: [
          { name: '@mantine/core', version: '9.7.3', licence: 'MIT' },
          { name: 'react', version: '19.3.1', licence: 'MIT' },
        ],
      }),
  }

  function attach(
    identity: string,
    source: { from: string; text?: string },
    passphrase?: string,
    despite: string[] = [],
  ) {
    const one = details.get(identity)
    if (!one) return refuse({ code: 'attach.no-identity', name: 'client.crt', subject: 'CN=somebody.example' })
    if (source.from === 'choose') return refuse({ code: 'key.passphrase-needed', name: 'bundle.p12' })
    if (source.from === 'again' && passphrase === 'wrong')
      return refuse({ code: 'key.passphrase-wrong', name: 'bundle.p12' })
    if (source.text?.includes('REQUEST')) return refuse({ code: 'attach.is-own-request', name: 'pasted text' })
    if (source.text?.includes('other')) {
      const other = [...details.values()].find((each) => each.handle !== identity)!
      return refuse({ code: 'attach.other-identity', name: 'pasted text', belongsTo: other.name })
    }
    if (source.text?.includes('expired') && despite.length === 0) {
      const findings = [
        {
          code: 'certificate.expired',
          severity: 'refuses' as const,
          message: 'The certificate expired on 3 Mar 2026: servers refuse it.',
          next: `Ask ${one.providerName} for a new one.`,
        },
      ]
      return ok({ outcome: 'flagged', name: 'pasted text', pem: source.text, findings })
    }
    const attached = keep(signed(one, 365))
    return attached.ok ? ok({ outcome: 'attached', identity: attached.value }) : attached
  }

  const calls = Object.fromEntries(
    (Object.keys(contract) as CallName[]).map((name) => [
      name,
      async (input: unknown) => {
        const answer = answers[name] as ((input: unknown) => Result<unknown>) | undefined
        const result = answer ? await answer(input) : refuse({ code: 'app.unexpected' })
        if (result.ok) contract[name].output.parse(result.value)
        return result
      },
    ]),
  ) as unknown as Desk
  return {
    ...calls,
    startDroppedInspection: inspections.dropped,
    attachDropped: async (_files, { identity, despite }) =>
      attach(identity ?? '', { from: 'text', text: 'dropped' }, undefined, despite) as never,
    addProviderDropped: async () => refuse({ code: 'app.unexpected' }),
    onNews: (listen) => {
      listeners.add(listen)
      return () => listeners.delete(listen)
    },
  }
}
