import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright'

export const root = join(import.meta.dirname, '../../..')
const realKeyring = join(root, 'scripts/tour/real-keyring.cjs')

/** The executable of a packed app to be driven in place of the built one: `scripts/packaged-e2e.mjs` names it. */
export const packaged = process.env.COUNTERSIGN_PACKAGED

export type Desktop = { app: ElectronApplication; page: Page; userData: string; close: () => Promise<void> }

type LaunchOptions = {
  /** A folder from an earlier launch, to start again with what it holds. */
  userData?: string
  /** What the app takes for the present moment. */
  now?: string
  /** Use the session's real keyring instead of a vault passphrase. */
  keychain?: boolean
  appearance?: 'light' | 'dark'
  /** More for its environment, such as another session bus. */
  env?: Record<string, string>
  size?: { width: number; height: number }
}

/** The real app in a window of its own, Chromium's sandbox on, with a data folder that nobody else uses. */
export async function launch(options: LaunchOptions = {}): Promise<Desktop> {
  const userData = options.userData ?? mkdtempSync(join(tmpdir(), 'countersign-e2e-'))
  const env: Record<string, string> = { ...(process.env as Record<string, string>), ...options.env }
  if (options.now) env.COUNTERSIGN_NOW = options.now
  const data = `--user-data-dir=${userData}`
  const how = packaged
    ? { executablePath: packaged, args: [data, `--password-store=${options.keychain ? 'gnome-libsecret' : 'basic'}`] }
    : { args: [...(options.keychain ? ['-r', realKeyring] : []), root, data] }
  const app = await _electron.launch({
    ...how,
    chromiumSandbox: true,
    cwd: root,
    env,
    colorScheme: options.appearance ?? 'light',
  })
  askAgain(app)
  const page = await app.firstWindow()
  if (options.size) await resize(app, options.size)
  await page.waitForSelector('[data-ready]')
  return { app, page, userData, close: () => app.close() }
}

/**
 * V8 sometimes collects the promise of an evaluation that it has made, and Playwright then says so instead of the answer.
 * What tests evaluate in the main process may be done twice.
 */
function askAgain(app: ElectronApplication): void {
  const evaluate = app.evaluate.bind(app) as (...asked: unknown[]) => Promise<unknown>
  const untilAnswered = async (...asked: unknown[]): Promise<unknown> => {
    for (let again = 5; ; again--) {
      try {
        return await evaluate(...asked)
      } catch (fault) {
        if (again === 0 || !String(fault).includes('collected')) throw fault
      }
    }
  }
  app.evaluate = untilAnswered as ElectronApplication['evaluate']
}

export const resize = (app: ElectronApplication, size: { width: number; height: number }) =>
  app.evaluate(
    ({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]?.setContentSize(wanted.width, wanted.height),
    size,
  )

export const forget = (desktop: Desktop) => rmSync(desktop.userData, { recursive: true, force: true })

/** A real drag of files from outside the window: the page receives `File` objects that have a path. */
export async function dropFiles(page: Page, paths: string[], at: { x: number; y: number }): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: paths, dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: at.x, y: at.y, data })
    // Chromium drops nothing on a page that has not said yet that it takes it: a hand is slower than a busy page.
    if (type === 'dragOver') await page.evaluate(() => new Promise((done) => setTimeout(done, 50)))
  }
  await session.detach()
}

/** Answers the system's dialogs: the next save goes to `path`, the next open returns `paths`. */
export const answerSave = (app: ElectronApplication, path: string) =>
  app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath, bookmark: '' })
  }, path)

export const answerOpen = (app: ElectronApplication, paths: string[]) =>
  app.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths, bookmarks: [] })
  }, paths)

/** Every plain file below a folder. */
export const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
