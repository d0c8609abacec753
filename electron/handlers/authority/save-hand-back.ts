import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ok, refuse } from '../../../shared/result.ts'
import { handBack } from '../../authority/hand-back.ts'
import { rulesFor } from '../../authority/plan-for.ts'
import { writeForUser } from '../../files.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { findIssued } from './issued-detail.ts'

/** Writes the folder for whoever sent the request, after it was judged as a server would judge it. */
export const saveHandBack =
  (means: Means): Handlers['saveHandBack'] =>
  async ({ issued }) => {
    const { vault, ask, now } = means
    const found = await findIssued(means, issued)
    if (!found.ok) return found
    const { authority: handle, provider, callsYou } = found.value
    const { records } = await vault.authorities.list()
    const authority = records.find((one) => one.handle === handle)
    if (!authority) return refuse({ code: 'authority.no-such' })
    // A provider that was removed since leaves its certificate good: its files then get the usual names.
    const rules = provider && callsYou ? await rulesFor(means, { provider, callsYou }) : null
    const named = rules?.ok ? { youSign: rules.value.youSign, providerName: rules.value.profile.name } : {}
    const given = { issued: found.value, authority, authorities: records, now: now(), ...named }
    const made = await handBack(given)
    if (!made.ok) return made
    const folder = await ask.folder({ title: 'Folder to hand back', button: 'Save here' })
    if (folder === null) return ok({ saved: [] })
    const files = made.value.files.map(({ name, text }) => ({ path: join(folder, name), text }))
    const existing = files.map(({ path }) => path).filter((path) => existsSync(path))
    if (existing.length > 0 && !(await ask.mayReplace(existing))) return ok({ saved: [] })
    for (const { path, text } of files) {
      const problem = await writeForUser(path, text, 0o644)
      if (problem) return refuse(problem)
    }
    return ok({ saved: files.map(({ path }) => path), says: made.value.says })
  }
