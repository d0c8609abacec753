import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { ok, refuse } from '../../../shared/result.ts'
import { readForeign, writeForUser } from '../../files.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { headOf } from '../../vault/backup-box.ts'

const secretMode = 0o600
const mostBytes = 512 * 1024 * 1024
const filters = [{ name: 'Backup of Countersign', extensions: ['backup'] }]

/** Everything into one file, under a passphrase of its own. */
export const saveBackup =
  ({ vault, ask, now }: Means): Handlers['saveBackup'] =>
  async ({ passphrase }) => {
    const made = await vault.backups.make(passphrase)
    if (!made.ok) return made
    const { text, records } = made.value
    const name = `countersign-${now().toISOString().slice(0, 10)}.backup`
    const path = await ask.saveAs({ title: 'Save the backup', name, filters })
    if (path === null) return ok({ saved: null, records })
    const problem = await writeForUser(path, text, secretMode)
    if (problem) return refuse(problem)
    await vault.journal.note({ what: 'backed-up', kind: 'backup', name: basename(path), detail: `${records} records` })
    return ok({ saved: path, records })
  }

/** A file that was chosen, or an automatic one. The content stays here; the page sees names. */
export function openBackup({ vault, ask }: Means): Handlers['openBackup'] {
  let chosen: string | null = null
  return async (source) => {
    if (source.from === 'automatic') {
      const opened = await vault.backups.openAutomatic(source.name)
      return opened.ok ? ok({ outcome: 'open', preview: opened.value }) : opened
    }
    if (source.from === 'again') {
      if (chosen === null) return refuse({ code: 'backup.not-open' })
      const text = await readFile(chosen, 'utf8').catch(() => '')
      const opened = await vault.backups.open(text, basename(chosen), source.passphrase)
      return opened.ok ? ok({ outcome: 'open', preview: opened.value }) : opened
    }
    const [path] = await ask.files({ title: 'Open a backup', filters, many: false })
    if (path === undefined) return ok({ outcome: 'cancelled' })
    const name = basename(path)
    const read = await readForeign(path, name, mostBytes)
    if (!read.ok) return read
    const head = headOf(new TextDecoder().decode(read.value.subarray(0, 4096)))
    if (head === 'newer') return refuse({ code: 'backup.newer', name })
    if (head === null) return refuse({ code: 'backup.not-one', name })
    if (head.key === 'vault') return refuse({ code: 'backup.automatic', name })
    chosen = path
    return ok({ outcome: 'locked', name, madeAt: head.made, records: head.records })
  }
}

export const restoreBackup =
  ({ vault, news }: Means): Handlers['restoreBackup'] =>
  async ({ backup, choices }) => {
    const restored = await vault.backups.restore(backup, choices)
    if (restored.ok && restored.value.restored > 0) {
      news({ kind: 'identities-changed' })
      news({ kind: 'authorities-changed' })
    }
    return restored
  }
