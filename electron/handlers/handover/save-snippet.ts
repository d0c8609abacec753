import { join } from 'node:path'
import { firstSnippetCall } from '../../../shared/handover/first-call.ts'
import { withoutTypedSecrets } from '../../../shared/handover/typed-secrets.ts'
import { ok, refuse } from '../../../shared/result.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { findIdentity } from '../identity-detail.ts'
import { publicMode, unlessKept, writeAll } from '../out-files.ts'

/** Writes a snippet and what belongs to it. There is no secret in any of them. */
export const saveSnippet =
  (means: Means): Handlers['saveSnippet'] =>
  async ({ identity, for: id, locked, call: given }) => {
    const found = await findIdentity(means, identity)
    if (!found.ok) return found
    const { plan } = found.value
    const profile = await means.providers.find(plan.provider)
    if (!profile) return refuse({ code: 'plan.provider-unknown', provider: plan.provider })
    const call = given
      ? { ...withoutTypedSecrets(given, given.blanks), locked }
      : firstSnippetCall(found.value, profile, locked)
    const { snippetKinds } = await import('../../../shared/handover/snippet-kinds.ts')
    const kind = snippetKinds.find((one) => one.id === id)
    if (!call || !kind) return refuse({ code: 'handover.no-call', provider: profile.name })
    const folder = await means.ask.folder({ title: 'Folder for the snippet', button: 'Save here' })
    if (folder === null) return ok({ saved: [] })
    const texts = [{ file: kind.file, text: kind.write(call) }, ...(kind.beside?.(call) ?? [])]
    const files = texts.map(({ file, text }) => ({ path: join(folder, file), content: text, mode: publicMode }))
    const wanted = (await unlessKept(means.ask, files)) ?? []
    const written = await writeAll(wanted)
    return written.ok ? ok({ saved: wanted.map(({ path }) => path) }) : written
  }
