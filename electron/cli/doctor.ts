import { join } from 'node:path'
import type { z } from 'zod'
import type { ConnectionTest } from '../../shared/calls/tests.ts'
import { daysLeft, stateOn } from '../../shared/expiry/lifeline.ts'
import { paperOfProblem } from '../../shared/guide/papers.ts'
import { paperOfCause } from '../../shared/guide/verdict-papers.ts'
import { words } from '../../shared/phrasebook.ts'
import type { Problem } from '../../shared/problems.ts'
import { firstCallOf } from '../../shared/providers/plan.ts'
import { ok } from '../../shared/result.ts'
import { plainAddress } from '../../shared/tls/without-secrets.ts'
import { makeTest } from '../handlers/make-test.ts'
import { createAttemptStore } from '../history/attempt-store.ts'
import { testToRepeat } from '../history/repeat-test.ts'
import type { TestingMeans } from '../means.ts'
import type { IdentityRecord } from '../vault/identity-record.ts'
import { dataOption, openAppVault } from './app-vault.ts'
import { asTheApp, onlyTheAppCanOpen } from './as-the-app.ts'
import { type Command, jsonOption, passphraseOption } from './command.ts'
import { doctorText } from './doctor-text.ts'
import type { DoctorOut } from './output.ts'
import { painter } from './print.ts'
import { testingMeans } from './testing-means.ts'

type Seen = z.infer<typeof DoctorOut>['identities'][number]
type Planned = { url: string; test: Omit<ConnectionTest, 'work'> } | { url: string | null; problem: Problem }

/** Days before expiry from which an identity is called expiring here: the longest notice that any provider asks for. */
const noticeDays = 30
const atOnce = 4

export const doctor: Command = {
  name: 'doctor',
  usage: '[--passphrase-file FILE]',
  says: 'Tests every identity in the app’s vault at the addresses it was tested at before, or else with its provider’s first call, and says which work, which do not, and why.',
  notes: [
    'Exit code 1 when an identity is refused, expired or could not be tested. Nothing is written: the app’s history stays as it is.',
    'A vault that only the keychain opens is read by the app itself, without a window, in the session of its user.',
  ],
  options: { data: dataOption, 'passphrase-file': passphraseOption, json: jsonOption },
  examples: ['countersign doctor', 'countersign doctor --passphrase-file vault.txt --json'],
  async run(args, io) {
    if (await onlyTheAppCanOpen(args, io)) return asTheApp(args, io)
    const opened = await openAppVault(args, io, { readOnly: true })
    if (!opened.ok) return opened
    const { folder, vault } = opened.value
    const means = testingMeans(opened.value, io)
    const { records, damaged } = await vault.identities.list()
    const history = createAttemptStore(join(folder, 'history'))
    const current = records.filter(({ state }) => state === 'ready')
    const seen: Seen[] = []
    let next = 0
    const worker = async () => {
      while (next < current.length) {
        const index = next++
        const record = current[index] as IdentityRecord
        seen[index] = await examine(means, record, await planned(means, record, history))
      }
    }
    await Promise.all(Array.from({ length: atOnce }, worker))
    await vault.close()
    const json: z.infer<typeof DoctorOut> = { identities: seen, damaged }
    const well = damaged.length === 0 && seen.every((one) => one.well)
    return ok({ exit: well ? 0 : 1, json, text: () => doctorText(json, painter(io)) })
  },
}

/** The addresses to test an identity at. */
async function planned(
  means: TestingMeans,
  record: IdentityRecord,
  history: ReturnType<typeof createAttemptStore>,
): Promise<Planned[]> {
  const plans: Planned[] = []
  for (const { id, identity, url } of await history.endpoints()) {
    const file = identity === record.handle ? await history.find(id) : undefined
    const test = file && (await testToRepeat(means, file))
    if (test) plans.push(test.ok ? { url, test: test.value } : { url, problem: test.problem })
  }
  return plans.length > 0 ? plans : [await firstCall(means, record)]
}

async function firstCall({ providers }: TestingMeans, record: IdentityRecord): Promise<Planned> {
  const { provider, environment, answers, name } = record.plan
  const profile = await providers.find(provider)
  const call = profile && firstCallOf(profile, environment, answers)
  if (!call) return { url: null, problem: { code: 'test.address-unknown', name } }
  const trust = record.serverCaPem === undefined ? ({ by: 'system' } as const) : ({ by: 'provider' } as const)
  const { url, method, headers, body } = call
  const test = { identity: record.handle, url, method, headers, body, blanks: {}, remember: false, trust }
  return { url: plainAddress(url), test }
}

async function examine(means: TestingMeans, record: IdentityRecord, plans: readonly Planned[]): Promise<Seen> {
  const tests: Seen['tests'] = []
  for (const plan of plans) {
    if ('problem' in plan) {
      tests.push(notTested(plan.url, plan.problem))
      continue
    }
    const test: ConnectionTest = { ...plan.test, work: 'doctor' }
    const made = await makeTest(means, test, { signal: new AbortController().signal })
    if (!made.ok) tests.push(notTested(plan.url, made.problem))
    else {
      const { outcome, cause, title, next } = made.value.verdict
      const guide = paperOfCause(cause)
      tests.push({ url: plan.url, outcome, cause, says: title, ...(next && { next }), ...(guide && { guide }) })
    }
  }
  const state = stateOn(record, means.now(), noticeDays)
  return {
    identity: record.handle,
    name: record.plan.name,
    provider: record.plan.provider,
    environment: record.plan.environment,
    state,
    ...(record.notAfter !== undefined && {
      notAfter: record.notAfter,
      daysLeft: daysLeft(record.notAfter, means.now()),
    }),
    well: state !== 'expired' && tests.every(({ outcome }) => outcome === 'accepted'),
    tests,
  }
}

function notTested(url: string | null, problem: Problem): Seen['tests'][number] {
  const { title, next } = words(problem)
  return { url, outcome: 'not-tested', cause: problem.code, says: title, next, guide: paperOfProblem(problem.code) }
}
