import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import * as output from '../../electron/cli/output.ts'
import { AuthoritiesOut, AuthorityOut, SignOut } from '../../electron/cli/output-authority.ts'
import { CrlOut, RevokeOut } from '../../electron/cli/output-book.ts'
import { DoorOut, ServerConfigOut } from '../../electron/cli/output-door.ts'
import { ExpiringOut } from '../../electron/cli/output-expiry.ts'
import { ExportOut } from '../../electron/cli/output-export.ts'
import { HandoverOut, HandoverStepOut } from '../../electron/cli/output-handover.ts'
import { ImportOut } from '../../electron/cli/output-import.ts'
import { PolicyOut } from '../../electron/cli/output-policy.ts'
import { AttachedOut, RenewOut } from '../../electron/cli/output-renewal.ts'
import { BackupOut, JournalOut } from '../../electron/cli/output-vault.ts'
import { ArrivalOut } from '../../electron/cli/output-webhooks.ts'
import { commandNames } from '../../electron/cli/run.ts'
import { freePort, shell } from '../support/cli.ts'
import { closeAll, scratchFolder } from '../support/test-servers.ts'

const text = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8')

type Example = { at: number; sh: string; shows?: string }

/** Each `sh` block with the `json` block that follows it, if one does. */
const examples: Example[] = [...text.matchAll(/```sh\n([\s\S]*?)```(?:\s*```json\n([\s\S]*?)```)?/g)].flatMap(
  (found) => {
    const at = text.slice(0, found.index).split('\n').length
    return [{ at, sh: found[1] ?? '', ...(found[2] ? { shows: found[2] } : {}) }]
  },
)

const schemas: Record<string, z.ZodType> = {
  request: output.RequestOut,
  practice: output.PracticeOut,
  attach: output.AttachOut.or(AttachedOut),
  renew: RenewOut,
  test: output.TestOut,
  door: DoorOut,
  'server-config': ServerConfigOut,
  bundle: output.BundleOut,
  convert: output.ConvertOut,
  inspect: output.InspectOut,
  verify: output.VerifyOut,
  'self-sign': output.SelfSignOut,
  explain: output.ExplainOut,
  snippet: output.SnippetOut,
  handover: HandoverOut.or(HandoverStepOut),
  doctor: output.DoctorOut,
  backup: BackupOut,
  journal: JournalOut,
  authority: AuthorityOut.or(AuthoritiesOut),
  sign: SignOut.or(output.Refused),
  revoke: RevokeOut,
  crl: CrlOut,
  expiring: ExpiringOut.or(output.Refused),
  listen: ArrivalOut,
  import: ImportOut,
  policy: PolicyOut,
  export: ExportOut,
}

/** Commands that print nothing of their own when they refuse; a test has a verdict, an inspection its objects. */
const refusesWhole = new Set(['request', 'convert', 'doctor'])

let folder: string
let port: number
let listenPort: number
beforeAll(async () => {
  folder = scratchFolder()
  port = await freePort()
  listenPort = await freePort()
})
afterAll(closeAll)

/** The last command's JSON: earlier ones of the block print theirs before it. */
function lastJson(out: string): unknown {
  const starts = [...out.matchAll(/^[[{]/gm)].map((found) => found.index)
  for (const start of starts.reverse()) {
    try {
      return JSON.parse(out.slice(start))
    } catch {
      // It began inside of something larger.
    }
  }
  throw new Error(`no JSON in ${out}`)
}

async function until(condition: () => boolean) {
  for (let i = 0; i < 400 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 25))
}

describe('docs/cli.md', () => {
  it('names every command', () => {
    for (const name of commandNames) expect(text).toContain(`countersign ${name} `)
  })

  it.each(examples)('has examples that run and print what they show (line $at)', async ({ sh, shows }) => {
    const here = (written: string) => written.replaceAll('8443', String(port)).replaceAll('9443', String(listenPort))
    const commands = sh.match(/countersign ([a-z-]+)/g) ?? []
    const command = commands.at(-1)?.split(' ')[1] ?? ''
    const background = /&\s*$/.test(sh)
    const ran = await shell(
      here(background ? sh.replace(/&\s*$/, '>&2 2>/dev/null &') : sh).replaceAll(' >&2', ''),
      folder,
    )
    if (background) {
      await until(
        () => existsSync(join(folder, 'practice.json')) && readFileSync(join(folder, 'practice.json')).length > 0,
      )
    }
    const wanted = /# exit code (\d)\s*$/.exec(sh)?.[1] ?? '0'
    expect(`${ran.code} ${ran.code === Number(wanted) ? '' : ran.out + ran.err}`.trim()).toBe(wanted)
    if (!sh.includes('--json')) return
    const json = background ? JSON.parse(readFileSync(join(folder, 'practice.json'), 'utf8')) : lastJson(ran.out)
    const schema =
      command === 'providers'
        ? undefined
        : wanted === '1' && refusesWhole.has(command)
          ? output.Refused
          : schemas[command]
    if (schema) expect(schema.parse(json)).toBeDefined()
    else expect(output.ProvidersOut.safeParse(json).success || output.ProviderOut.safeParse(json).success).toBe(true)
    if (!shows) return
    // Of a list the first elements are shown.
    const shown = JSON.parse(here(shows)) as object
    expect(Array.isArray(shown) ? (json as unknown[]).slice(0, shown.length) : json).toMatchObject(shown)
  })
})
