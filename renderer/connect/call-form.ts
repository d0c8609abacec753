import type { ConnectionTest } from '../../shared/calls/tests.ts'
import type { IdentityDetail } from '../../shared/identity.ts'
import type { PracticeState } from '../../shared/practice-state.ts'
import { firstCallOf } from '../../shared/providers/plan.ts'
import type { Blank, Profile } from '../../shared/providers/profile.ts'
import { type CallOptions, connectionOptions, usualOptions } from './call-options.ts'

export type Header = { name: string; value: string }

/** The call as the form holds it: text as typed, blanks still in braces. */
export type CallForm = {
  identity: string | null
  /** Whose call it is: its blanks keep their words, and its secrets their mask, when no identity is chosen. */
  provider: string | null
  url: string
  method: ConnectionTest['method']
  headers: Header[]
  body: string
  blanks: Record<string, string>
  remember: boolean
  trust: 'system' | 'provider' | 'practice' | 'pem' | 'once'
  trustPem: string
  /** The certificate of the server that is trusted for one test, by its SHA-256. */
  trustOnce: string
  options: CallOptions
}

/** Ids of the controls that a verdict's next step may lead to. */
export const fieldIds = {
  identity: 'call-identity',
  address: 'call-address',
  ca: 'call-ca',
  proxy: 'call-proxy',
  proxyUser: 'call-proxy-user',
}

export const emptyForm: CallForm = {
  identity: null,
  provider: null,
  url: '',
  method: 'GET',
  headers: [],
  body: '',
  blanks: {},
  remember: false,
  trust: 'system',
  trustPem: '',
  trustOnce: '',
  options: usualOptions,
}

type Practice = NonNullable<PracticeState['running']>
export type KnownIdentity = Pick<
  IdentityDetail,
  'handle' | 'environment' | 'plan' | 'serverCaPem' | 'practice' | 'provider'
>

const originOf = (url: string): string | undefined => /^https:\/\/[^/?#]+/.exec(url)?.[0]

/** The provider's documented first call for this identity, at the practice provider's origin when that is given. */
function firstCall(identity: KnownIdentity, profile: Profile | undefined, origin?: string): Partial<CallForm> {
  const call = profile ? firstCallOf(profile, identity.environment, identity.plan.answers, origin) : null
  if (!call) return {}
  return { url: call.url, method: call.method, headers: call.headers.map((one) => ({ ...one })), body: call.body ?? '' }
}

/** The form for an identity: its provider's first call; what the practice provider signed is tested there. */
export function formFor(identity: KnownIdentity, profile: Profile | undefined, practice: Practice | null): CallForm {
  const form: CallForm = {
    ...emptyForm,
    identity: identity.handle,
    provider: identity.provider,
    trust: identity.serverCaPem ? 'provider' : 'system',
    ...firstCall(identity, profile),
  }
  const there = identity.practice && practice?.provider === identity.provider
  return there && practice ? atPractice(form, practice, identity, profile) : form
}

/** The same call, sent to the practice provider; without an address yet, its first call. */
export function atPractice(
  form: CallForm,
  practice: Practice,
  identity: KnownIdentity | null,
  profile: Profile | undefined,
): CallForm {
  const origin = originOf(practice.apiUrl) ?? practice.apiUrl
  const there = originOf(form.url)
  if (there) return { ...form, url: origin + form.url.slice(there.length), trust: 'practice' }
  const call = identity ? firstCall(identity, profile, origin) : {}
  return { ...form, url: practice.apiUrl, ...call, trust: 'practice' }
}

export const isAtPractice = (form: CallForm, practice: Practice): boolean =>
  originOf(form.url) === originOf(practice.apiUrl)

/** A blank that no provider describes is hidden when its name says that it should be. */
const soundsSecret = /secret|key|token|pass/i

const braces = /\{([a-z][A-Za-z0-9]{0,39})\}/g

/** What must be filled in before the call can go out: every `{name}` in it, with the provider's words for it. */
export function blanksIn(form: CallForm, profile: Profile | undefined): Blank[] {
  const known = new Map(profile?.firstCall?.blanks.map((blank) => [blank.id, blank]))
  // A body of JSON has braces of its own; there only the provider's own names count.
  const names = new Set(
    [...`${form.url} ${form.headers.map((one) => one.value).join(' ')}`.matchAll(braces)].map((hit) => hit[1]),
  )
  for (const [, name] of form.body.matchAll(braces)) if (name && known.has(name)) names.add(name)
  return [...names].flatMap((id) => (id ? [known.get(id) ?? { id, label: id, secret: soundsSecret.test(id) }] : []))
}

/** Blanks without a value that the identity does not remember either. */
export const missingIn = (blanks: readonly Blank[], form: CallForm, remembered: readonly string[]): Blank[] =>
  blanks.filter((blank) => !form.blanks[blank.id] && !remembered.includes(blank.id))

/** The form as the contract asks for it. Blanks that the call no longer names stay behind. */
export function callOf(
  form: CallForm,
  blanks: readonly Blank[],
  work: string,
  timeoutMs: number | undefined,
): ConnectionTest {
  const filled = blanks.filter((blank) => form.blanks[blank.id]).map((blank) => [blank.id, form.blanks[blank.id] ?? ''])
  const { proxyUser, proxyPassword, timeoutS, probes } = form.options
  const options = connectionOptions(form.options, hostOf(form.url))
  const ownMs = timeoutS.trim() === '' ? timeoutMs : Math.round(Number(timeoutS) * 1000)
  return {
    work,
    identity: form.identity,
    url: form.url.trim(),
    method: form.method,
    headers: form.headers.filter((one) => one.name.trim() !== ''),
    ...(form.body !== '' && form.method !== 'GET' && form.method !== 'HEAD' && { body: form.body }),
    blanks: Object.fromEntries(filled),
    remember: form.remember,
    trust: trustOf(form),
    ...(options && { options }),
    probe: probes ? 'auto' : 'none',
    ...(proxyUser !== '' && { proxyLogin: { user: proxyUser, password: proxyPassword } }),
    ...(ownMs !== undefined && { timeoutMs: ownMs }),
  }
}

function trustOf({ trust, trustPem, trustOnce }: CallForm): ConnectionTest['trust'] {
  if (trust === 'pem') return { by: 'pem', pem: trustPem }
  return trust === 'once' ? { by: 'once', sha256: trustOnce } : { by: trust }
}

const hostOf = (url: string): string => (URL.canParse(url.trim()) ? new URL(url.trim()).hostname : '')
