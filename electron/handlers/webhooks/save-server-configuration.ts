import { join } from 'node:path'
import { ok, type Result, refuse } from '../../../shared/result.ts'
import { listFile } from '../../authority/list-file.ts'
import { trustBundleOf } from '../../authority/trust-bundle.ts'
import { listNames, writeForUser } from '../../files.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { serverIdentity } from '../../webhooks/server-certificate.ts'

type File = { name: string; text: string; mode: number }
type Asked = Parameters<Handlers['saveServerConfiguration']>[0]

/** Writes what was shown into a folder, and beside it what the app itself has of the files that it names. */
export const saveServerConfiguration =
  (means: Means): Handlers['saveServerConfiguration'] =>
  async (asked) => {
    const { server, wish } = asked
    const own = await ownFiles(means, asked)
    if (!own.ok) return own
    const folder = await means.ask.folder({ title: 'A folder for the server’s files', button: 'Save here' })
    if (folder === null) return ok({ saved: null, files: [] })
    // Thirteen servers' worth of text, for a button that is pressed once a year.
    const { serverConfiguration } = await import('../../../shared/serverconfig/server-configuration.ts')
    const written = serverConfiguration(server, wish).files.map(({ name, text }) => ({
      name: lastPart(name),
      text,
      mode: 0o644,
    }))
    const files: File[] = [...written, ...own.value]
    const there = new Set(await listNames(folder))
    const taken = files.filter(({ name }) => there.has(name)).map(({ name }) => join(folder, name))
    if (taken.length > 0 && !(await means.ask.mayReplace(taken))) return ok({ saved: null, files: [] })
    for (const { name, text, mode } of files) {
      const problem = await writeForUser(join(folder, name), text, mode)
      if (problem) return refuse(problem)
    }
    return ok({ saved: folder, files: files.map(({ name }) => name) })
  }

const lastPart = (path: string): string => path.split('/').at(-1) ?? path

/** The authority’s certificates and lists, and the listener’s certificate with its key, under the names of the wish. */
async function ownFiles(means: Means, { authority, listener, wish }: Asked): Promise<Result<File[]>> {
  const files: File[] = []
  if (authority !== undefined) {
    const { records } = await means.vault.authorities.list()
    if (!records.some(({ handle }) => handle === authority)) return refuse({ code: 'authority.no-such' })
    const text = trustBundleOf(records, authority, means.now())
    files.push({ name: lastPart(wish.clientCa), text, mode: 0o644 })
    if (wish.crl !== undefined) {
      const list = await listFile(means, authority)
      if (!list.ok) return list
      files.push({ name: lastPart(wish.crl), text: list.value.pem, mode: 0o644 })
    }
  }
  if (listener !== undefined) {
    const record = await means.vault.listeners.find(listener)
    const profile = await means.providers.find(listener)
    if (!record || !profile) return refuse({ code: 'listener.not-running' })
    const identity = await serverIdentity(means, record.setup, profile)
    if (!identity.ok) return identity
    files.push({ name: lastPart(wish.certificate), text: identity.value.cert, mode: 0o644 })
    files.push({ name: lastPart(wish.key), text: identity.value.key, mode: 0o600 })
  }
  return ok(files)
}
