import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Desktop, root } from '../app.ts'
import { authorityScreens } from './authority-screens.ts'
import { firstScreens } from './first-screens.ts'
import { identityScreens } from './identity-screens.ts'
import { inspectScreens } from './inspect-screens.ts'
import { otherScreens } from './other-screens.ts'
import { testScreens } from './test-screens.ts'
import type { Screen, Stage } from './walk.ts'
import { webhookScreens } from './webhook-screens.ts'

/** Every screen of the app in the order in which they are reached; each is looked at as it stands then. */
export const screens: readonly Screen[] = [
  ...firstScreens,
  ...identityScreens,
  ...inspectScreens,
  ...testScreens,
  ...authorityScreens,
  ...webhookScreens,
  ...otherScreens,
]

export const stageFor = (desktop: Desktop): Stage => ({
  desktop,
  app: desktop.app,
  page: desktop.page,
  folder: mkdtempSync(join(tmpdir(), 'countersign-screens-')),
  made: new Map(),
})

/** The rooms and views that `renderer/place.ts` knows, as `room` or `room/view`. */
export function placesInTheApp(): string[] {
  const source = readFileSync(join(root, 'renderer/place.ts'), 'utf8')
  const union = /export type Place =([\s\S]*?)\n\nexport/.exec(source)?.[1] ?? ''
  return union.split(/(?=\{ room: |\n {6}room: )/).flatMap((part) => {
    const name = /room: '(\w+)'/.exec(part)?.[1]
    if (!name) return []
    const views = /view\?: ((?:'\w+'(?: \| )?)+)/.exec(part)?.[1]?.match(/\w+/g) ?? []
    return [...(views.length === 0 || name === 'identities' ? [name] : []), ...views.map((one) => `${name}/${one}`)]
  })
}
