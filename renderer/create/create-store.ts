import { create } from 'zustand'
import type { Draft, IdentityDetail, IdentityPlan } from '../../shared/identity.ts'
import type { Problem } from '../../shared/problems.ts'
import { stageOf } from '../../shared/renewal/renewal.ts'
import { renewedName } from '../../shared/renewal/renewed-name.ts'
import type { TokenChoice } from '../../shared/tokens/token.ts'
import { desk, newWork, refreshIdentities, useDesk } from '../desk.ts'
import { afterPress } from '../parts/after-press.ts'
import { go, type Place } from '../place.ts'
import { type Answered, exampleAnswers, type StepName, tidied, wholePlan } from './plan-answers.ts'

type Answering = {
  at: 'answering'
  step: StepName
  plan: Answered
  /** A token that the key is to be in; `null` while none is chosen, absent for the vault. */
  token?: TokenChoice | null
  /** Fields that were left, or that Continue has asked about: the ones whose faults are shown. */
  left: ReadonlySet<string>
  /** Where the answers come from when they are not new. */
  from: 'draft' | 'renewal' | 'examples' | null
  problem: Problem | null
  saved: boolean
}

export type CreateScreen =
  | { at: 'reading' }
  | { at: 'refused'; problem: Problem }
  | Answering
  | {
      at: 'creating'
      work: string
      plan: IdentityPlan
      token?: TokenChoice | null
      says: string
      elapsedMs: number
    }
  | { at: 'done'; identity: IdentityDetail; practice: boolean }

type CreateState = { screen: CreateScreen; practice: boolean }

export const useCreate = create<CreateState>(() => ({ screen: { at: 'reading' }, practice: false }))

const show = (screen: CreateScreen): void => useCreate.setState({ screen })
const profileOf = (id: string | undefined) =>
  useDesk.getState().providers.find((entry) => entry.profile.id === id)?.profile

const saveAfterMs = 300
let saving: ReturnType<typeof setTimeout> | undefined

/** Writes the draft now if one is waiting to be written. */
export function saveNow(): void {
  if (saving === undefined) return
  clearTimeout(saving)
  saving = undefined
  const { screen } = useCreate.getState()
  if (screen.at !== 'answering' || !screen.plan.provider) return
  const { step, plan, token } = screen
  const draft: Draft = { step, plan, ...(token && { token }), savedAt: new Date().toISOString() }
  void desk.saveDraft({ draft }).then((done) => {
    const now = useCreate.getState().screen
    if (done.ok && now.at === 'answering') show({ ...now, saved: true })
  })
}

function saveSoon(): void {
  clearTimeout(saving)
  saving = setTimeout(saveNow, saveAfterMs)
}

const begun = (plan: Answered, step: StepName, from: Answering['from'], token?: TokenChoice | null): Answering => ({
  at: 'answering',
  step,
  plan,
  ...(token !== undefined && { token }),
  left: new Set(),
  from,
  problem: null,
  saved: false,
})

/** What the room shows when it is entered: a renewal, a chosen provider, the draft of last time, or a fresh start. */
export async function enter(place: Extract<Place, { room: 'create' }>): Promise<void> {
  const { screen } = useCreate.getState()
  if (screen.at === 'creating') return
  useCreate.setState({ practice: place.practice ?? false })
  if (place.renews) {
    // One renewal at a time: a second would be a third certificate, and the first one would be forgotten.
    const renewal = useDesk.getState().identities.find(({ handle }) => handle === place.renews)?.renewal
    if (renewal?.side === 'old' && stageOf(renewal) !== 'done') {
      return go({ room: 'identities', identity: renewal.new.handle })
    }
    const read = await desk.readIdentity({ identity: place.renews })
    if (!read.ok) return show({ at: 'refused', problem: read.problem })
    // A new key goes where the old one is, which has to be unlocked first.
    const inToken = read.value.keyPlace !== undefined
    const answers = renewalAnswers(read.value.plan, place.renews)
    return show(begun(answers, inToken ? 'key' : 'review', 'renewal', inToken ? null : undefined))
  }
  const profile = profileOf(place.provider)
  if (profile && place.practice) return show(begun(exampleAnswers(profile), 'subject', 'examples'))
  const unfinished = screen.at === 'answering' ? screen : await savedDraft()
  if (unfinished && (!profile || unfinished.plan.provider === profile.id)) return show(unfinished)
  show(begun(profile ? { provider: profile.id } : {}, profile ? 'subject' : 'provider', null))
}

/** The same answers under a name of its own; the key is new unless the provider wants the old one. */
function renewalAnswers(plan: IdentityPlan, renews: string): Answered {
  const wantsSame = profileOf(plan.provider)?.renewal.key === 'same'
  const name = renewedName(plan.name, new Date(Date.now() + useDesk.getState().clockShiftMs))
  return { ...plan, name, renews, sameKey: wantsSame || undefined }
}

async function savedDraft(): Promise<Answering | null> {
  const read = await desk.readDraft({})
  const draft = read.ok ? read.value.draft : null
  if (!draft || !profileOf(draft.plan.provider)) return null
  return begun(draft.plan, draft.step, 'draft', draft.token)
}

function change(patch: (now: Answering) => Partial<Answering>): void {
  const { screen } = useCreate.getState()
  if (screen.at !== 'answering') return
  show({ ...screen, problem: null, saved: false, ...patch(screen) })
  saveSoon()
}

/** Another provider has other questions: answers of the former one do not carry over. */
export const chooseProvider = (provider: string): void =>
  change(({ plan }) => (plan.provider === provider ? {} : { plan: { provider }, left: new Set(), from: null }))

export const answer = (patch: Partial<Answered>): void => change(({ plan }) => ({ plan: { ...plan, ...patch } }))

/** Where the key is to be: `undefined` is the vault. A key that is there already brings its kind along. */
export const answerToken = (token: TokenChoice | null | undefined, key?: Answered['key']): void =>
  change(({ plan }) => ({ token, ...(key && { plan: { ...plan, key } }) }))

/** Fields that were left; what is wrong with them is said from now on. */
export const leave = (...fields: string[]): void =>
  afterPress(() => {
    const { screen } = useCreate.getState()
    if (screen.at !== 'answering' || fields.every((field) => screen.left.has(field))) return
    show({ ...screen, left: new Set([...screen.left, ...fields]) })
  })

export const toStep = (step: StepName): void => change(() => ({ step }))

/** Throws the answers away, here and where the draft rests. */
export async function startOver(): Promise<void> {
  clearTimeout(saving)
  saving = undefined
  show(begun({}, 'provider', null))
  await desk.saveDraft({ draft: null })
}

/** Makes key and request. Progress comes as news; a refusal brings the answers back. */
export async function createIdentity(): Promise<void> {
  const { screen, practice } = useCreate.getState()
  const profile = screen.at === 'answering' ? profileOf(screen.plan.provider) : undefined
  if (screen.at !== 'answering' || !profile) return
  saveNow()
  const work = newWork('create')
  const plan = tidied(wholePlan(profile, screen.plan))
  show({ at: 'creating', work, plan, token: screen.token, says: 'Making the key', elapsedMs: 0 })
  const stop = desk.onNews((news) => {
    const now = useCreate.getState().screen
    if (news.kind !== 'work' || news.work !== work || now.at !== 'creating') return
    show({ ...now, says: news.says, elapsedMs: news.elapsedMs })
  })
  const token = plan.sameKey ? undefined : screen.token
  const made = await desk.createIdentity({ work, plan, ...(token && { token }) })
  stop()
  if (!made.ok) {
    const cancelled = made.problem.code === 'app.cancelled'
    return show({ ...screen, problem: cancelled ? null : made.problem })
  }
  show({ at: 'done', identity: made.value, practice })
  await Promise.all([desk.saveDraft({ draft: null }), refreshIdentities()])
}

export const showDone = (identity: IdentityDetail): void => {
  const { screen } = useCreate.getState()
  if (screen.at === 'done') show({ ...screen, identity })
}
