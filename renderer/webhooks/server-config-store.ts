import { create } from 'zustand'
import type { AuthoritySummary } from '../../shared/calls/authority.ts'
import type { Problem } from '../../shared/problems.ts'
import type { Profile, ProviderCall } from '../../shared/providers/profile.ts'
import type { ServerKind, ServerWish } from '../../shared/serverconfig/server-wish.ts'
import { usualWish } from '../../shared/serverconfig/usual-wish.ts'
import { ruleProblem, type WishRule } from '../../shared/serverconfig/wish-rules.ts'
import { desk, useDesk } from '../desk.ts'

export type ServerForm = {
  provider: string
  /** Id of the way of calling. */
  call: string
  server: ServerKind
  host: string
  port: string
  certificate: string
  key: string
  clientCa: string
  crl: string
  checkCrl: boolean
  depth: string
  pin: 'none' | 'name' | 'certificate'
  pinName: string
  upstream: string
  subject: string
  fingerprint: string
  certificateHeader: string
  /** Handle of an authority whose certificate and list are saved along; empty for none. */
  authority: string
  /** Certificate and key of the listener are saved along. */
  listener: boolean
}

type Pinned = { subject: string; sha256: string; sha1: string; serial: string }

type ServerConfigStore = {
  form: ServerForm
  pinned: Pinned | null
  problem: Problem | null
  authorities: AuthoritySummary[]
  change(change: Partial<ServerForm>): void
  open(): Promise<void>
  take(profile: Profile, call: ProviderCall): void
  choosePin(): Promise<void>
  save(): Promise<{ folder: string; files: string[] } | null>
}

const { headers, ...usual } = usualWish

/** Ways of calling that bring a certificate: the others need nothing of a server. */
export const calling = (profile: Profile): ProviderCall[] => profile.callsYou.filter(({ presents }) => presents)

export const useServerConfig = create<ServerConfigStore>((set, get) => ({
  form: {
    ...{ provider: '', call: '', server: 'nginx', host: usual.host, port: `${usual.port}` },
    ...{ certificate: usual.certificate, key: usual.key, clientCa: usual.clientCa, crl: usual.crl ?? '' },
    ...{ checkCrl: true, depth: `${usual.depth}`, pin: 'none', pinName: '', upstream: usual.upstream },
    ...{ subject: headers.subject, fingerprint: headers.fingerprint, certificateHeader: headers.certificate },
    ...{ authority: '', listener: false },
  },
  ...{ pinned: null, problem: null, authorities: [] },

  change: (change) => set((now) => ({ form: { ...now.form, ...change } })),

  async open() {
    const list = await desk.listAuthorities({})
    if (list.ok) set({ authorities: list.value.authorities })
    if (get().form.provider !== '') return
    const { providers, listener } = useDesk.getState()
    const profiles = providers.map(({ profile }) => profile).filter((one) => calling(one).length > 0)
    const first = profiles.find(({ id }) => id === (listener?.provider ?? 'truv')) ?? profiles[0]
    const call = first && calling(first)[0]
    if (first && call) get().take(first, call)
  },

  take(profile, { id, presents }) {
    const name = presents?.subject.find(({ field }) => field === 'CN')?.value ?? ''
    const theirs = presents?.by === 'provider'
    const [only, ...more] = get().authorities
    get().change({
      provider: profile.id,
      call: id,
      // A name that no page names would lock the provider out.
      pin: theirs && presents?.invented === false && name !== '' ? 'name' : 'none',
      pinName: presents?.invented === false ? name : '',
      authority: !theirs && only && more.length === 0 ? only.handle : '',
      depth: !theirs && only?.kind === 'root' ? '0' : '1',
      listener: false,
    })
  },

  async choosePin() {
    const answer = await desk.chooseDoorFile({ what: 'certificate' })
    if (!answer.ok) return set({ problem: answer.problem })
    const { chosen } = answer.value
    if (chosen) set({ pinned: chosen, problem: null })
  },

  async save() {
    const { form, pinned } = get()
    const { authority, listener, provider, server } = form
    const answer = await desk.saveServerConfiguration({
      server,
      wish: wishOf(form, pinned, callerOf(form)),
      ...(authority !== '' && { authority }),
      ...(listener && { listener: provider }),
    })
    set({ problem: answer.ok ? null : answer.problem })
    return answer.ok && answer.value.saved !== null ? { folder: answer.value.saved, files: answer.value.files } : null
  },
}))

/** Who calls, for the comments. */
export function callerOf({ provider, call }: ServerForm): ServerWish['caller'] {
  const profile = useDesk.getState().providers.find((entry) => entry.profile.id === provider)?.profile
  const by = profile?.callsYou.find(({ id }) => id === call)?.presents?.by
  return profile && by ? { name: profile.name, presents: by } : undefined
}

/** What the form says, whether it may be written or not: `problemsIn` tells. */
export function wishOf(form: ServerForm, pinned: Pinned | null, caller: ServerWish['caller']): ServerWish {
  const pin: ServerWish['pin'] =
    form.pin === 'name'
      ? { by: 'name', name: form.pinName }
      : form.pin === 'certificate' && pinned
        ? { by: 'certificate', sha256: pinned.sha256, sha1: pinned.sha1, serial: pinned.serial }
        : undefined
  return {
    host: form.host,
    port: Number(form.port),
    certificate: form.certificate,
    key: form.key,
    clientCa: form.clientCa,
    ...(form.checkCrl && { crl: form.crl }),
    depth: Number(form.depth),
    ...(pin && { pin }),
    upstream: form.upstream,
    headers: { subject: form.subject, fingerprint: form.fingerprint, certificate: form.certificateHeader },
    ...(caller && { caller }),
  }
}

const ruled: [keyof ServerForm, WishRule][] = [
  ['host', 'host'],
  ['certificate', 'path'],
  ['key', 'path'],
  ['clientCa', 'path'],
  ['upstream', 'upstream'],
  ['subject', 'header'],
  ['fingerprint', 'header'],
  ['certificateHeader', 'header'],
]

export type ServerProblems = Partial<Record<keyof ServerForm, string>>

/** What cannot be written as it stands, by field. */
export function problemsIn(form: ServerForm, pinned: Pinned | null): ServerProblems {
  const found: ServerProblems = {}
  const rules: typeof ruled = [
    ...ruled,
    ...(form.checkCrl ? [['crl', 'path'] satisfies [keyof ServerForm, WishRule]] : []),
    ...(form.pin === 'name' ? [['pinName', 'host'] satisfies [keyof ServerForm, WishRule]] : []),
  ]
  for (const [field, rule] of rules) {
    const wrong = ruleProblem(rule, String(form[field]))
    if (wrong) found[field] = wrong
  }
  if (!/^\d{1,5}$/.test(form.port) || Number(form.port) < 1 || Number(form.port) > 65_535) found.port = '1 to 65535.'
  if (form.pin === 'certificate' && !pinned) found.pin = 'Choose the certificate.'
  return found
}
