import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** The files that each file loads, by paths from the root. */
export type Imports = Map<string, string[]>

/** The files that `code` at `path` loads before it runs. What is imported for its types alone is gone by then. */
export function loadedBy(path: string, code: string): string[] {
  const lines = code.matchAll(/^(?:import|export)\s(?!type\s)(?:[^'"=();]*\sfrom\s)?'(\.[^']+)'/gm)
  return [...lines].map((line) => posix.join(posix.dirname(path), line[1] ?? ''))
}

export function importsOf(rooms: readonly string[]): Imports {
  const paths = rooms.flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => posix.join(room, name.replaceAll('\\', '/'))),
  )
  return new Map(paths.map((path) => [path, loadedBy(path, readFileSync(join(root, path), 'utf8'))]))
}

/** Everything that is loaded with these files. */
export function loadedWith(imports: Imports, files: readonly string[]): string[] {
  const all = new Set(files)
  for (const file of all) for (const next of imports.get(file) ?? []) all.add(next)
  return [...all]
}
