import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const biome = join(root, 'node_modules/.bin/biome')
const config = { ...JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8')), vcs: { enabled: false } }

/** What the linter says about `code` if it stood at `path`; tried in a folder of its own, under the project's rules. */
function lint(path: string, code: string): { passes: boolean; says: string } {
  const folder = mkdtempSync(join(tmpdir(), 'walls-'))
  try {
    writeFileSync(join(folder, 'biome.json'), JSON.stringify(config))
    mkdirSync(join(folder, dirname(path)), { recursive: true })
    writeFileSync(join(folder, path), code)
    const run = spawnSync(biome, ['lint', path], { cwd: folder, encoding: 'utf8' })
    return { passes: run.status === 0, says: run.stdout + run.stderr }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const walls: [path: string, imports: string, reason: string][] = [
  ['shared/pki/new.ts', 'node:fs', 'shared/ is the floor'],
  ['shared/pki/new.ts', 'electron', 'shared/ is the floor'],
  ['shared/pki/new.ts', 'react', 'shared/ is the floor'],
  ['shared/pki/new.ts', '../../electron/ipc.ts', 'shared/ imports no other room'],
  ['shared/pki/new.ts', '../../renderer/desk.ts', 'shared/ imports no other room'],
  ['shared/pki/new.ts', '@peculiar/x509', 'has one fence'],
  ['shared/pki/new.ts', 'node-forge', 'has one fence'],
  ['shared/pki/x509.ts', 'node-forge', 'has one fence'],
  ['shared/pki/legacy-keys.ts', '@peculiar/x509', 'has one fence'],
  ['renderer/inspect/New.tsx', 'node:crypto', 'The page has no Node'],
  ['renderer/inspect/New.tsx', 'electron', 'The page has no Node'],
  ['renderer/inspect/New.tsx', '@peculiar/x509', 'No crypto library in the page'],
  ['renderer/inspect/New.tsx', '../../shared/pki/x509.ts', 'No crypto library in the page'],
  ['renderer/inspect/New.tsx', '../../electron/ipc.ts', 'the only way across is the contract'],
  ['renderer/inspect/New.tsx', '../create/Wizard.tsx', 'A room imports no other room'],
  ['renderer/parts/New.tsx', '../create/Wizard.tsx', 'A room imports no other room'],
  ['electron/handlers/new.ts', 'react', 'electron/ acts, it does not draw'],
  ['electron/handlers/new.ts', '../../renderer/desk.ts', 'only through the contract'],
  ['electron/handlers/new.ts', 'electron-store', 'never holds a secret'],
  ['electron/handlers/new.ts', 'node-forge', 'has one fence'],
]

describe('the walls between the rooms', () => {
  it.each(walls)('%s may not import %s', (path, imports, reason) => {
    const { passes, says } = lint(path, `import * as it from '${imports}'\nexport const used = it\n`)
    expect(passes).toBe(false)
    expect(says.replace(/\s+/g, ' ')).toContain(reason)
  })

  it.each([
    ['shared/pki/x509.ts', '@peculiar/x509'],
    ['shared/pki/legacy-keys.ts', 'node-forge'],
    ['electron/settings-store.ts', 'electron-store'],
    ['electron/handlers/new.ts', '../../shared/pki/inspect.ts'],
    ['renderer/inspect/New.tsx', '../parts/FindingList.tsx'],
  ])('%s may import %s', (path, imports) => {
    expect(lint(path, `import * as it from '${imports}'\nexport const used = it\n`)).toMatchObject({ passes: true })
  })

  it.each(['fetch("x")', 'process.exit()', 'Buffer.from("")'])('shared/ may not use %s', (code) => {
    expect(lint('shared/pki/new.ts', `export const used = () => ${code}\n`).passes).toBe(false)
  })
})
