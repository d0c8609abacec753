import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { Attempt, Verdict } from '../../shared/tls/attempt.ts'
import type { AttemptLine, Endpoint } from '../../shared/tls/kept-attempts.ts'
import { plainAddress, withoutSecrets } from '../../shared/tls/without-secrets.ts'
import { clearHalfWritten, listNames, makeFolder, writeAtomically } from '../files.ts'
import { createTurns } from '../in-turn.ts'
import { EndpointFile, endpointOf, mostAttempts, StoredAttempt } from './endpoint-file.ts'
import { endpointId, newAttemptId } from './endpoint-id.ts'
import { seenNow } from './seen-server.ts'

/** A test that was made, with what is needed to make it again. */
export type MadeTest = {
  identity: string | null
  identityName: string | null
  method: string
  trust: Endpoint['trust']
  caPem?: string
  attempt: Attempt
  verdict: Verdict
  by: AttemptLine['by']
}

export type AttemptRead = { line: AttemptLine; attempt: Attempt; verdict: Verdict; endpoint: Endpoint }

/**
 * The last attempts of each endpoint: a file for the endpoint with a line for each, and one file for each attempt. None
 * of them holds a secret (`withoutSecrets`), so they are readable while the vault is locked. A damaged file costs its own
 * endpoint's history and nothing else.
 */
export function createAttemptStore(folder: string) {
  const endpoints = new Map<string, EndpointFile>()
  const turn = createTurns()
  let loaded: Promise<void> | undefined

  const fileOf = (id: string) => join(folder, `${id}.json`)
  const attemptFile = (endpoint: string, attempt: string) => join(folder, endpoint, `${attempt}.json`)

  const load = () => {
    loaded ??= loadAll()
    return loaded
  }

  async function loadAll() {
    await clearHalfWritten(folder)
    for (const name of await listNames(folder)) {
      const id = /^([0-9a-f]{24})\.json$/.exec(name)?.[1]
      if (id === undefined) continue
      const parsed = EndpointFile.safeParse(await readJson(fileOf(id)))
      if (parsed.success) endpoints.set(id, parsed.data)
    }
  }

  async function save(file: EndpointFile) {
    await makeFolder(folder)
    await writeAtomically(fileOf(file.id), JSON.stringify(file))
    endpoints.set(file.id, file)
  }

  async function keep(made: MadeTest): Promise<{ endpoint: Endpoint; attempt: string } | null> {
    await load()
    if (!URL.canParse(made.attempt.url)) return null
    const url = new URL(made.attempt.url)
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
    const port = Number(url.port) || 443
    const id = endpointId(made.identity, host, port)
    const attempt = withoutSecrets(made.attempt)
    const line = lineOf(id, made)
    const before = endpoints.get(id)
    const lines = [line, ...(before?.lines ?? [])]
    const [server] = attempt.serverChain
    const pems = attempt.serverChain.map(({ pem }) => pem)
    const seen = seenNow(before?.server, pems, new Date(attempt.startedAt)).server
    const kept = lines.slice(0, mostAttempts)
    await makeFolder(join(folder, id))
    await writeAtomically(attemptFile(id, line.id), JSON.stringify({ format: 1, attempt, verdict: made.verdict }))
    const file: EndpointFile = {
      format: 1,
      id,
      identity: made.identity,
      identityName: made.identityName,
      url: plainAddress(made.attempt.url),
      host,
      port,
      method: made.method,
      trust: made.trust,
      ...(made.caPem !== undefined && { caPem: made.caPem }),
      ...(attempt.options && { options: attempt.options }),
      watched: before?.watched ?? false,
      serverSha256: server?.sha256 ?? before?.serverSha256,
      serverNotAfter: server?.notAfter ?? before?.serverNotAfter,
      ...(seen && { server: seen }),
      lines: kept,
    }
    await save(file)
    for (const gone of lines.slice(mostAttempts)) await rm(attemptFile(id, gone.id), { force: true })
    return { endpoint: endpointOf(file), attempt: line.id }
  }

  async function forget(id: string): Promise<boolean> {
    await load()
    if (!endpoints.delete(id)) return false
    await rm(fileOf(id), { force: true })
    await rm(join(folder, id), { recursive: true, force: true })
    return true
  }

  return {
    /** Adds an attempt; `null` when its address is none. */
    keep: (made: MadeTest) => turn(() => keep(made)),

    /** Newest test first. */
    async endpoints(): Promise<Endpoint[]> {
      await load()
      return [...endpoints.values()].map(endpointOf).sort((a, b) => b.last.at.localeCompare(a.last.at))
    },

    /** The stored file of an endpoint, with what a repetition needs. */
    async find(id: string): Promise<EndpointFile | undefined> {
      await load()
      return endpoints.get(id)
    },

    /** The stored files of watched endpoints, with what was seen of their servers. */
    async watched(): Promise<EndpointFile[]> {
      await load()
      return [...endpoints.values()].filter(({ watched }) => watched)
    },

    /** Takes what a look at a server without a test showed; true when it is not what it was. */
    saw: (id: string, pems: readonly string[], at: Date) =>
      turn(async (): Promise<boolean> => {
        await load()
        const file = endpoints.get(id)
        const { server, changed } = seenNow(file?.server, pems, at)
        const leaf = server?.chain[0]
        if (!file || !server || !leaf) return false
        await save({ ...file, server, serverSha256: leaf.sha256, serverNotAfter: leaf.notAfter })
        return changed
      }),

    /** Newest first. */
    async lines(endpoint: string): Promise<AttemptLine[]> {
      await load()
      return endpoints.get(endpoint)?.lines ?? []
    },

    async read(attempt: string): Promise<Result<AttemptRead>> {
      await load()
      for (const file of endpoints.values()) {
        const line = file.lines.find(({ id }) => id === attempt)
        if (!line) continue
        const stored = StoredAttempt.safeParse(await readJson(attemptFile(file.id, attempt)))
        if (!stored.success) return refuse({ code: 'history.attempt-lost' })
        return ok({ line, attempt: stored.data.attempt, verdict: stored.data.verdict, endpoint: endpointOf(file) })
      }
      return refuse({ code: 'history.attempt-lost' })
    },

    watch: (id: string, watched: boolean) =>
      turn(async (): Promise<Result<Endpoint>> => {
        await load()
        const file = endpoints.get(id)
        if (!file) return refuse({ code: 'history.endpoint-lost' })
        const changed = { ...file, watched }
        await save(changed)
        return ok(endpointOf(changed))
      }),

    forget: (id: string) => turn(() => forget(id)),

    /** Takes with an identity what was tested with it. */
    forgetIdentity: (identity: string) =>
      turn(async () => {
        await load()
        for (const file of [...endpoints.values()]) if (file.identity === identity) await forget(file.id)
      }),
  }
}

export type AttemptStore = ReturnType<typeof createAttemptStore>

function lineOf(endpoint: string, { attempt, verdict, by }: MadeTest): AttemptLine {
  return {
    id: newAttemptId(),
    endpoint,
    at: attempt.startedAt,
    outcome: verdict.outcome,
    cause: verdict.cause,
    title: verdict.title,
    ...(attempt.protocol !== undefined && { protocol: attempt.protocol }),
    ...(attempt.http && { status: attempt.http.status }),
    durationMs: attempt.durationMs,
    by,
  }
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    return null
  }
}
