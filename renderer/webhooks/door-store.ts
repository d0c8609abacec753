import { create } from 'zustand'
import type { AuthoritySummary, IssuedSummary } from '../../shared/calls/authority.ts'
import type { CallTrust } from '../../shared/calls/listener.ts'
import type { Input, Output } from '../../shared/contract.ts'
import type { DoorReport, DoorRow } from '../../shared/door/door-report.ts'
import type { Problem } from '../../shared/problems.ts'
import { beginRun, desk, endRun, newWork, useDesk } from '../desk.ts'

export type ChosenFile = NonNullable<Output<'chooseDoorFile'>['chosen']>
type FileUse = 'right' | 'revoked' | 'issuer'

type Screen =
  | { at: 'asking' }
  | { at: 'running'; work: string; rows: DoorRow[]; cancelling: boolean }
  | { at: 'refused'; problem: Problem }
  | { at: 'answered'; report: DoorReport }

export type DoorForm = {
  url: string
  trust: CallTrust
  /** `authority:abc`, `issuer` (its certificate alone is known) or `unknown`. */
  trusts: string
  /** `issued`, `identity:abc`, `files` or `none`. */
  right: string
  /** `prepared`, `files` or `none`. */
  revoked: string
  pinned: boolean
  /** Handle of an issued certificate; empty for none. */
  like: string
}

type DoorStore = {
  form: DoorForm
  files: Partial<Record<FileUse, ChosenFile>>
  /** A file that asks for its passphrase. */
  locked: FileUse | null
  problem: Problem | null
  /** All of the vault; `signing` are those whose key can sign what is decided here. */
  authorities: AuthoritySummary[]
  issued: IssuedSummary[]
  prepared: Output<'preparedRevoked'>['prepared']
  /** The host that is asked about. */
  asksAbout: string | null
  screen: Screen
  change(change: Partial<DoorForm>): void
  open(): Promise<void>
  aimAtListener(): void
  choose(use: FileUse, passphrase?: string): Promise<void>
  prepare(): Promise<string | null>
  check(): Promise<void>
  /** The user says that the host is theirs. */
  confirm(): Promise<void>
  dismiss(): void
  cancel(): Promise<void>
}

const first: DoorForm = {
  ...{ url: '', trusts: 'unknown', right: 'none', revoked: 'none', pinned: false, like: '' },
  trust: { by: 'system' },
}

/** A root with an issuing authority below it is kept for that one, and a service decides itself what it signs. */
export function signing(authorities: readonly AuthoritySummary[]): AuthoritySummary[] {
  const parents = new Set(authorities.map(({ parent }) => parent))
  return authorities.filter(({ handle, keyAt }) => (keyAt === 'vault' || keyAt === 'token') && !parents.has(handle))
}

/** The authority that the door is said to trust, by handle. */
export const authorityIn = ({ trusts }: DoorForm): string | undefined =>
  trusts.startsWith('authority:') ? trusts.slice('authority:'.length) : undefined

const shown = (value: string, file: ChosenFile | undefined): Input<'checkDoor'>['right'] => {
  if (value.startsWith('identity:')) return { by: 'identity', identity: value.slice('identity:'.length) }
  return value === 'files' && file?.token !== undefined ? { by: 'files', token: file.token } : undefined
}

export const useDoor = create<DoorStore>((set, get) => ({
  form: first,
  files: {},
  ...{ locked: null, problem: null, authorities: [], issued: [], prepared: [], asksAbout: null },
  screen: { at: 'asking' },

  change: (change) => set((now) => ({ form: { ...now.form, ...change } })),

  async open() {
    const [list, book, prepared] = await Promise.all([
      desk.listAuthorities({}),
      desk.readBook({}),
      desk.preparedRevoked({}),
    ])
    if (list.ok) set({ authorities: list.value.authorities })
    if (book.ok) set({ issued: book.value.issued })
    if (prepared.ok) set({ prepared: prepared.value.prepared })
    if (get().form.url === '') get().aimAtListener()
    const [only, ...more] = signing(get().authorities)
    if (only && more.length === 0 && get().form.trusts === 'unknown') {
      get().change({ trusts: `authority:${only.handle}`, right: 'issued', revoked: 'prepared' })
    }
  },

  aimAtListener() {
    const { listener } = useDesk.getState()
    if (!listener) return
    const { demand } = listener.setup
    get().change({
      url: `${listener.url}/`,
      trust: { by: 'listener' },
      ...(demand.by === 'authority' && {
        trusts: `authority:${demand.authority}`,
        right: 'issued',
        revoked: 'prepared',
      }),
    })
  },

  async choose(use, passphrase) {
    const again = passphrase !== undefined
    const what = use === 'issuer' ? 'certificate' : 'identity'
    const answer = await desk.chooseDoorFile({ what, ...(again && { again, passphrase }) })
    if (!answer.ok) {
      const asks = answer.problem.code === 'key.passphrase-needed' || answer.problem.code === 'key.passphrase-wrong'
      return set({ locked: asks ? use : null, problem: answer.problem })
    }
    const { chosen } = answer.value
    set((now) => ({ locked: null, problem: null, files: chosen ? { ...now.files, [use]: chosen } : now.files }))
  },

  async prepare() {
    const { form } = get()
    const authority = authorityIn(form)
    if (authority === undefined) return null
    const answer = await desk.prepareRevoked({ authority, ...(form.like !== '' && { like: form.like }) })
    if (!answer.ok) {
      set({ problem: answer.problem })
      return null
    }
    set({ problem: null })
    await get().open()
    return answer.value.saved
  },

  async check() {
    const { form, files } = get()
    const work = newWork('test')
    const authority = authorityIn(form)
    const right = shown(form.right, files.right)
    const revoked = shown(form.revoked, files.revoked)
    const issuer = form.trusts === 'issuer' ? files.issuer?.pem : undefined
    set({ problem: null, asksAbout: null, screen: { at: 'running', work, rows: [], cancelling: false } })
    beginRun({ work, says: `Checking the door of ${hostIn(form.url)}` })
    const answer = await desk.checkDoor({
      ...{ work, url: form.url, trust: form.trust, pinned: form.pinned },
      ...(authority !== undefined && { authority }),
      ...(authority !== undefined && form.pinned && form.like !== '' && { like: form.like }),
      ...(right && { right }),
      ...(revoked && { revoked }),
      ...(issuer !== undefined && { issuerPem: issuer }),
    })
    endRun(work)
    const { screen } = get()
    if (screen.at !== 'running' || screen.work !== work) return
    if (answer.ok) return set({ screen: { at: 'answered', report: answer.value } })
    const { problem } = answer
    if (problem.code === 'door.not-confirmed') set({ asksAbout: problem.host, screen: { at: 'asking' } })
    else if (problem.code === 'app.cancelled') set({ screen: { at: 'asking' } })
    else set({ screen: { at: 'refused', problem } })
  },

  async confirm() {
    const answer = await desk.confirmDoorHost({ url: get().form.url })
    if (answer.ok) await get().check()
    else set({ asksAbout: null, screen: { at: 'refused', problem: answer.problem } })
  },

  dismiss: () => set({ asksAbout: null }),

  async cancel() {
    const { screen } = get()
    if (screen.at !== 'running') return
    set({ screen: { ...screen, cancelling: true } })
    await desk.cancelWork({ work: screen.work })
  },
}))

const hostIn = (url: string): string => (URL.canParse(url) ? new URL(url).host : url)

desk.onNews((news) => {
  if (news.kind === 'authorities-changed' && useDoor.getState().authorities.length > 0) void useDoor.getState().open()
  if (news.kind !== 'door') return
  const { screen } = useDoor.getState()
  if (screen.at !== 'running' || screen.work !== news.work) return
  useDoor.setState({ screen: { ...screen, rows: news.rows } })
})
