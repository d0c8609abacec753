import type { Handle, HistoryEvent, IdentityState, Renewal, RenewalTicks, TestMark } from '../identity.ts'

type Event = { at: string; what: (typeof HistoryEvent)['shape']['what']['options'][number] }

/** What of a stored identity a renewal is told from. */
export type Renewing = {
  handle: Handle
  plan: { name: string; renews?: Handle; sameKey?: boolean }
  state: IdentityState
  createdAt: string
  notAfter?: string
  certificatePem?: string
  lastTest?: { at: string; outcome: (typeof TestMark)['shape']['outcome']['options'][number] }
  replacedBy?: Handle
  retiredOn?: string
  ticks?: RenewalTicks
  history: readonly Event[]
}

/** Where a renewal stands: what is to be done next, or waited for. */
export type RenewalStage = 'to-send' | 'waiting' | 'to-test' | 'to-switch' | 'to-retire' | 'done'

/**
 * The renewals among these identities, by the handles of both sides. Whatever can be seen (that the certificate came,
 * that the last test was accepted, that the old one is retired) is taken from the identities; the rest was ticked.
 */
export function renewalsAmong(records: readonly Renewing[]): Map<Handle, Renewal> {
  const byHandle = new Map(records.map((record) => [record.handle, record]))
  const told = new Map<Handle, Renewal>()
  const tell = (handle: Handle, renewal: Renewal) => {
    const known = told.get(handle)
    if (!known || isNearer(renewal, known)) told.set(handle, renewal)
  }
  for (const record of records) {
    if (record.plan.renews === undefined) continue
    const before = byHandle.get(record.plan.renews)
    // A request that was never answered is not in use anywhere: there is nothing to switch from.
    const old = before?.certificatePem === undefined ? undefined : before
    const renewal = renewalOf(record, old)
    tell(record.handle, renewal)
    if (old) tell(old.handle, { ...renewal, side: 'old' })
  }
  return told
}

/** Of two renewals of one identity the open one is told; of two alike the later one. */
function isNearer(one: Renewal, other: Renewal): boolean {
  const done = (renewal: Renewal) => stageOf(renewal) === 'done'
  return done(one) === done(other) ? one.startedOn > other.startedOn : done(other)
}

function renewalOf(record: Renewing, old: Renewing | undefined): Renewal {
  const { handle, plan, ticks, lastTest, history } = record
  const came = history.findLast(({ what }) => what === 'attached' || what === 'self-signed')
  return {
    side: 'new',
    old: old ? { handle: old.handle, name: old.plan.name, notAfter: old.notAfter } : null,
    new: { handle, name: plan.name },
    sameKey: plan.sameKey === true,
    startedOn: record.createdAt,
    ...ticks,
    cameBackOn: record.certificatePem === undefined ? undefined : (came?.at ?? record.createdAt),
    selfSigned: came?.what === 'self-signed',
    testedOn: lastTest?.outcome === 'accepted' ? lastTest.at : undefined,
    retiredOn: retiredOn(old, handle),
  }
}

/** The day on which the old one was retired in favour of this one; vaults of earlier versions tell it by their history. */
function retiredOn(old: Renewing | undefined, successor: Handle): string | undefined {
  if (old?.state !== 'replaced' || old.replacedBy !== successor) return undefined
  const told = old.history.findLast(({ what }) => what === 'replaced')?.at
  return old.retiredOn ?? (told ?? old.createdAt).slice(0, 10)
}

/** What is next. A renewal whose old identity was removed, or never had a certificate, is done once the new one works. */
export function stageOf(renewal: Renewal): RenewalStage {
  const { cameBackOn, selfSigned, sent, testedOn, switchedOn, retiredOn, old } = renewal
  if (retiredOn !== undefined) return 'done'
  if (cameBackOn === undefined) return sent ? 'waiting' : 'to-send'
  if (switchedOn === undefined) {
    if (selfSigned && !sent && testedOn === undefined) return 'to-send'
    if (testedOn === undefined) return 'to-test'
    return old ? 'to-switch' : 'done'
  }
  return old ? 'to-retire' : 'done'
}

const dayMs = 86_400_000

/** Days since the request was sent, by the calendar of the user; null when nothing is waited for. */
export function waitingDays(renewal: Renewal, today: Date): number | null {
  if (stageOf(renewal) !== 'waiting' || !renewal.sent) return null
  const from = Date.parse(`${renewal.sent.on}T00:00:00Z`)
  return Math.max(0, Math.round((Date.parse(`${dayOf(today)}T00:00:00Z`) - from) / dayMs))
}

/** The day in the user's own time zone, as `2027-01-31`. */
export function dayOf(moment: Date): string {
  const two = (number: number) => String(number).padStart(2, '0')
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`
}

/** The stage in a few words, for a list: `renewal: waiting 12 days`. */
export function stageWords(renewal: Renewal, today: Date): string {
  const stage = stageOf(renewal)
  const days = waitingDays(renewal, today)
  if (stage === 'waiting')
    return days === 0 ? 'renewal: sent today' : `renewal: waiting ${days} ${days === 1 ? 'day' : 'days'}`
  return {
    'to-send': 'renewal: to send',
    'to-test': 'renewal: to test',
    'to-switch': 'renewal: to switch over',
    'to-retire': renewal.side === 'old' ? 'to retire' : 'retire the old one',
    done: 'renewed',
  }[stage]
}
