import { stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { isAbsolute, join, normalize } from 'node:path'
import { namedFiles } from '../../../shared/intake/named-files.ts'
import { ok, type Result, refuse } from '../../../shared/result.ts'
import { type Gathered, gather } from '../../gather.ts'
import type { Means } from '../../means.ts'

/**
 * The files that a pasted text names. The page may not say what is read, and the text comes from it: so the names are
 * shown in a dialog of the main process, and nothing is opened before the user has agreed there. Null when not.
 */
export async function filesNamedIn(
  { ask }: Pick<Means, 'ask'>,
  text: string,
): Promise<Result<{ gathered: Gathered; passphrases: string[] } | null>> {
  const { files, passphrases, unfilled } = namedFiles(text)
  if (files.length === 0) return refuse({ code: 'import.names-nothing' })
  const homed = files.map(({ path }) => atHome(path))
  const relative = homed.some((path) => !isAbsolute(path))
  const base = relative ? await ask.folder({ title: 'The folder that these names start from', button: 'Use this' }) : ''
  if (base === null) return ok(null)
  const paths = [...new Set(homed.map((path) => (isAbsolute(path) ? normalize(path) : join(base, path))))]
  const there = await Promise.all(paths.map(isFile))
  const found = paths.filter((_, at) => there[at])
  const missing = paths.filter((_, at) => !there[at])
  const agreed =
    found.length > 0 &&
    (await ask.confirm({
      title: found.length === 1 ? 'Read this file?' : `Read these ${found.length} files?`,
      detail: `The pasted text names:\n${found.join('\n')}`,
      button: 'Read',
    }))
  if (found.length > 0 && !agreed) return ok(null)
  const gathered = await gather(found)
  for (const file of [...missing, ...unfilled]) {
    gathered.leftOut.push({ file: file.slice(0, 200), problem: { code: 'file.not-found', name: file.slice(0, 200) } })
  }
  return ok({ gathered, passphrases })
}

const atHome = (path: string): string =>
  path.replace(/^(?:~|\$HOME|\$\{HOME\}|%USERPROFILE%)(?=[\\/])/, () => homedir())

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
