import { create } from 'zustand'
import type { Choice, PlanChoice } from '../../shared/authority/plan-row.ts'
import type { OpenedRequest, ShownPlan, SignedCertificate } from '../../shared/calls/signing.ts'
import type { Problem } from '../../shared/problems.ts'
import { desk, useDesk } from '../desk.ts'
import type { SignFrom } from '../place.ts'
import { useOwn } from './own-store.ts'
import { consents, guessRules, type Rules, rulesOffered, signing, withChoice } from './sign-choices.ts'

export type Deciding = {
  at: 'deciding'
  request: OpenedRequest
  authority: string | null
  rules: Rules | null
  choices: PlanChoice[]
  /** The last plan; it stands while the next one is made. */
  plan: ShownPlan | null
  /** Points that were accepted, by code. */
  despite: string[]
  busy: boolean
  /** The plan on show is not that of these choices yet: nothing may be signed by it. */
  behind: boolean
  /** Fields in which something is typed that has not been taken over. */
  typing: string[]
  problem: Problem | null
}

export type SignScreen =
  | { at: 'waiting'; problem: Problem | null; busy: boolean }
  | Deciding
  | { at: 'signed'; request: OpenedRequest; signed: SignedCertificate; providerName: string | null }

const waiting: SignScreen = { at: 'waiting', problem: null, busy: false }

type SignState = {
  screen: SignScreen
  /** The authority that was looked at last: the next request is offered to it first. */
  preferred: string | null
}

export const useSign = create<SignState>(() => ({ screen: waiting, preferred: null }))

export const preferAuthority = (preferred: string): void => useSign.setState({ preferred })

const show = (screen: SignScreen) => useSign.setState({ screen })

export async function openRequest(from: SignFrom): Promise<void> {
  show({ at: 'waiting', problem: null, busy: true })
  const opened =
    from.by === 'files'
      ? await desk.openRequestDropped(from.files)
      : await desk.openRequest({
          source:
            from.by === 'text'
              ? { from: 'text', text: from.text }
              : from.by === 'issued'
                ? { from: 'issued', issued: from.issued }
                : { from: 'choose' },
        })
  if (!opened.ok) return show({ at: 'waiting', problem: opened.problem, busy: false })
  const { request } = opened.value
  if (!request) return show(waiting)
  const own = signing(useOwn.getState().authorities ?? [])
  const wanted = request.authority ?? useSign.getState().preferred
  const authority = own.find(({ handle }) => handle === wanted) ?? own[0]
  const rules = guessRules(request, rulesOffered(useDesk.getState().providers))
  const empty = { choices: [], plan: null, despite: [], busy: false, behind: true, typing: [], problem: null }
  show({ at: 'deciding', request, authority: authority?.handle ?? null, rules, ...empty })
  await replan()
}

let planning = 0

async function replan(): Promise<void> {
  const { screen } = useSign.getState()
  if (screen.at !== 'deciding' || !screen.authority) return
  const mine = ++planning
  const { request, authority, rules, choices } = screen
  const wish = { authority, choices, ...(rules && { profile: rules }) }
  const planned = await desk.planSigning({ requestPem: request.pem, wish })
  const now = useSign.getState().screen
  if (mine !== planning || now.at !== 'deciding') return
  const { plan, problem } = planned.ok
    ? { plan: planned.value, problem: null }
    : { plan: null, problem: planned.problem }
  show({ ...now, plan, problem, behind: false })
}

function change(part: Partial<Pick<Deciding, 'authority' | 'rules' | 'choices'>>): void {
  const { screen } = useSign.getState()
  if (screen.at !== 'deciding') return
  // Another question than the one that was consented to.
  show({ ...screen, ...part, despite: [], behind: true })
  void replan()
}

export const chooseAuthority = (authority: string) => change({ authority })
/** Other rules fill the right side anew; what was chosen by hand for the old ones goes. */
export const chooseRules = (rules: Rules | null) => change({ rules, choices: [] })

export function chooseRow(field: string, choice: Choice, value?: string[]): void {
  const { screen } = useSign.getState()
  if (screen.at !== 'deciding') return
  change({ choices: withChoice(screen.choices, field, choice, value) })
}

/** While something is typed, what is signed would not be what is seen. */
export function typing(field: string, typed: boolean): void {
  const { screen } = useSign.getState()
  if (screen.at !== 'deciding' || screen.typing.includes(field) === typed) return
  const others = screen.typing.filter((one) => one !== field)
  show({ ...screen, typing: typed ? [...others, field] : others })
}

export const mayBeSigned = ({ plan, despite, behind, busy, typing: fields }: Deciding): boolean =>
  plan !== null &&
  plan.blocked === null &&
  !behind &&
  !busy &&
  fields.length === 0 &&
  consents(plan).every(({ code }) => despite.includes(code))

export function accept(code: string, accepted: boolean): void {
  const { screen } = useSign.getState()
  if (screen.at !== 'deciding') return
  const others = screen.despite.filter((one) => one !== code)
  show({ ...screen, despite: accepted ? [...others, code] : others })
}

export async function sign(): Promise<void> {
  const { screen } = useSign.getState()
  if (screen.at !== 'deciding' || !screen.plan || !mayBeSigned(screen)) return
  show({ ...screen, busy: true, problem: null })
  const { request, plan, despite, rules } = screen
  const renews = request.renews ? { renews: request.renews } : {}
  const signed = await desk.signRequest({ plan: plan.plan, despite, ...renews })
  const now = useSign.getState().screen
  if (now.at !== 'deciding') return
  if (!signed.ok) {
    show({ ...now, busy: false, problem: signed.problem })
    // A plan that is too old is made anew, so that signing can be tried again.
    if (signed.problem.code === 'sign.plan-gone') change({})
    return
  }
  const entry = useDesk.getState().providers.find(({ profile }) => profile.id === rules?.provider)
  show({ at: 'signed', request, signed: signed.value, providerName: entry?.profile.name ?? null })
}

export const startOver = (): void => show(waiting)
