import { basename } from 'node:path'
import { type BrowserWindow, dialog, type FileFilter } from 'electron'

/** Questions to the user in the system's own dialogs. `null` and an empty list mean that they were closed. */
export type Ask = {
  files(question: { title: string; filters: FileFilter[]; many: boolean }): Promise<string[]>
  folder(question: { title: string; button: string }): Promise<string | null>
  /** The system's dialog itself asks before an existing file is chosen: the answer may be written to. */
  saveAs(question: { title: string; name: string; filters: FileFilter[] }): Promise<string | null>
  /** May these existing files be overwritten? */
  mayReplace(paths: string[]): Promise<boolean>
  /** A yes or no before something that counts, in main's own dialog: the page cannot answer it. */
  confirm(question: { title: string; detail: string; button: string }): Promise<boolean>
}

/** A dialog does not scroll. */
const mostNamed = 20

export const everyFile: FileFilter = { name: 'All files', extensions: ['*'] }

/** `dialog` is looked up at each call, so that end-to-end tests can answer in its place. */
export function createAsk(window: () => BrowserWindow | undefined): Ask {
  // A dialog belongs to its window; without one (macOS keeps running) it stands alone.
  const over = <O, R>(show: { (window: BrowserWindow, options: O): R; (options: O): R }, options: O): R => {
    const parent = window()
    return parent && !parent.isDestroyed() ? show(parent, options) : show(options)
  }
  return {
    async files({ title, filters, many }) {
      const properties: ('openFile' | 'multiSelections')[] = many ? ['openFile', 'multiSelections'] : ['openFile']
      const options = { title, filters: [...filters, everyFile], properties }
      const answer = await over(dialog.showOpenDialog.bind(dialog), options)
      return answer.canceled ? [] : answer.filePaths
    },
    async folder({ title, button }) {
      const properties: ('openDirectory' | 'createDirectory')[] = ['openDirectory', 'createDirectory']
      const answer = await over(dialog.showOpenDialog.bind(dialog), { title, buttonLabel: button, properties })
      return (!answer.canceled && answer.filePaths[0]) || null
    },
    async saveAs({ title, name, filters }) {
      const properties: ('createDirectory' | 'showOverwriteConfirmation')[] = [
        'createDirectory',
        'showOverwriteConfirmation',
      ]
      const options = { title, defaultPath: name, filters: [...filters, everyFile], properties }
      const answer = await over(dialog.showSaveDialog.bind(dialog), options)
      return (!answer.canceled && answer.filePath) || null
    },
    async mayReplace(paths) {
      const names = paths.map((path) => basename(path))
      const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : ''
      const options = {
        type: 'warning' as const,
        message: names.length === 1 ? `Replace “${names[0]}”?` : `Replace ${names.length} files?`,
        detail: `There already: ${names.slice(0, mostNamed).join(', ')}${more}. Replacing cannot be undone.`,
        buttons: ['Cancel', 'Replace'],
        defaultId: 0,
        cancelId: 0,
      }
      return (await over(dialog.showMessageBox.bind(dialog), options)).response === 1
    },
    async confirm({ title, detail, button }) {
      const options = {
        type: 'question' as const,
        message: title,
        detail,
        buttons: ['Cancel', button],
        defaultId: 0,
        cancelId: 0,
      }
      return (await over(dialog.showMessageBox.bind(dialog), options)).response === 1
    },
  }
}
