import { create } from 'zustand'
import type { ImportPreview } from '../../shared/calls/imports.ts'
import type { Output } from '../../shared/contract.ts'
import type { Problem } from '../../shared/problems.ts'
import type { Result } from '../../shared/result.ts'
import { desk, refreshIdentities } from '../desk.ts'

/** What the user has decided about a row. */
export type Choice = { taken: boolean; name: string; provider: string; environment: string }

export type ImportScreen =
  | { at: 'start'; problem: Problem | null }
  | { at: 'reading' }
  | { at: 'preview'; preview: ImportPreview; choices: Record<string, Choice>; problem: Problem | null; busy: boolean }
  | { at: 'done'; made: Output<'finishImport'>['made']; unprotected: string[] }

export type Offer = { by: 'files' } | { by: 'folder' } | { by: 'text'; text: string } | { by: 'drop'; files: File[] }

export const useImport = create<{ screen: ImportScreen }>(() => ({ screen: { at: 'start', problem: null } }))

const show = (screen: ImportScreen): void => useImport.setState({ screen })

export const startOver = (): void => {
  void desk.closeImport({})
  show({ at: 'start', problem: null })
}

/** What is known already, or is an authority, is not taken unless one says so. */
function choicesFor(preview: ImportPreview, before: Record<string, Choice>): Record<string, Choice> {
  return Object.fromEntries(
    preview.rows.map(({ id, name, provider, environment, known, isCa }) => [
      id,
      before[id] ?? { taken: known === null && !isCa, name, provider, environment },
    ]),
  )
}

function take(answer: Result<Output<'startImport'>>): void {
  const preview = answer.ok ? answer.value.preview : null
  if (preview) show({ at: 'preview', preview, choices: choicesFor(preview, {}), problem: null, busy: false })
  else show({ at: 'start', problem: answer.ok ? null : answer.problem })
}

export async function offer(what: Offer): Promise<void> {
  show({ at: 'reading' })
  if (what.by === 'drop') return take(await desk.importDropped(what.files))
  const source = what.by === 'text' ? { from: 'text' as const, text: what.text } : { from: what.by }
  take(await desk.startImport({ source }))
}

const previewing = (): Extract<ImportScreen, { at: 'preview' }> | null => {
  const { screen } = useImport.getState()
  return screen.at === 'preview' ? screen : null
}

/** Tries a passphrase on what is locked; what it opens joins the list. */
export async function unlock(passphrase: string): Promise<void> {
  const screen = previewing()
  if (!screen) return
  show({ ...screen, busy: true, problem: null })
  const source = { from: 'unlock' as const, import: screen.preview.import, passphrase }
  const answer = await desk.startImport({ source })
  const now = previewing() ?? screen
  if (!answer.ok || !answer.value.preview) {
    return show({ ...now, busy: false, problem: answer.ok ? null : answer.problem })
  }
  const { preview } = answer.value
  show({ ...now, preview, choices: choicesFor(preview, now.choices), busy: false, problem: null })
}

export function choose(id: string, change: Partial<Choice>): void {
  const screen = previewing()
  const choice = screen?.choices[id]
  if (screen && choice) show({ ...screen, choices: { ...screen.choices, [id]: { ...choice, ...change } } })
}

export async function finish(): Promise<void> {
  const screen = previewing()
  if (!screen) return
  show({ ...screen, busy: true, problem: null })
  const rows = screen.preview.rows.flatMap(({ id }) => {
    const { taken, ...choice } = screen.choices[id] ?? { taken: false, name: '', provider: '', environment: '' }
    return taken ? [{ id, ...choice, name: choice.name.trim() }] : []
  })
  const done = await desk.finishImport({ import: screen.preview.import, rows })
  if (!done.ok) return show({ ...screen, busy: false, problem: done.problem })
  await refreshIdentities()
  show({ at: 'done', ...done.value })
}
