import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, extname, join } from 'node:path'
import type { z } from 'zod'
import { ok, type Result } from '../../shared/result.ts'
import type { PracticeServer } from '../practice/practice-server.ts'
import { type Arguments, usageProblem, wholeNumber } from './args.ts'
import { type Answer, type Command, providerOptions } from './command.ts'
import type { Io } from './io.ts'
import type { PracticeOut } from './output.ts'
import { columns, painter } from './print.ts'
import { environmentGiven, providerGiven } from './provider.ts'
import { readGiven } from './read-given.ts'
import { writeFiles } from './write-files.ts'

export const practice: Command = {
  name: 'practice',
  usage: '--provider ID --environment ID',
  says: 'Runs a provider to practise with, on this computer only: it signs requests by the provider’s rules and serves the first call to whoever has its certificate. Stops with Ctrl-C.',
  notes: ['Its authorities are new at every start, so certificates of an earlier run are not taken.'],
  options: {
    ...providerOptions,
    port: { takes: 'PORT', says: 'fixed port of the API; a free one otherwise' },
    request: { takes: 'FILE', says: 'hand in this request (or self-signed certificate) at once' },
    out: { takes: 'FOLDER', says: 'where the CA file and the certificate are written; a temporary folder otherwise' },
    for: { takes: 'SECONDS', says: 'stop by itself after so long' },
    force: { says: 'replace files that are there' },
    json: { says: 'print one line of JSON when ready' },
  },
  examples: [
    'countersign practice --provider truv --environment sandbox --request acme.csr --out acme/',
    'countersign practice --provider payrails --environment live --json --for 60',
  ],
  async run(args, io) {
    const given = await providerGiven(args)
    if (!given.ok) return given
    const profile = given.value
    if (!profile) return usageProblem('Say --provider; `countersign providers` lists them')
    const environment = environmentGiven(args, profile)
    if (!environment.ok) return environment
    const port = wholeNumber(args, 'port', 1, 65535)
    if (!port.ok) return port
    const seconds = wholeNumber(args, 'for', 1, 86_400)
    if (!seconds.ok) return seconds
    const { createPracticeAuthority, startPractice } = await import('../practice/practice-server.ts')
    const authority = await createPracticeAuthority(profile, io.now())
    const start = { profile, environment: environment.value.id, authority, apiPort: port.value, now: io.now }
    const server = await startPractice(start).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') return null
      throw error
    })
    if (!server) return usageProblem(`Port ${port.value} is taken, or not yours to take`)
    const folder = args.one('out') ?? (await mkdtemp(join(tmpdir(), 'countersign-practice-')))
    try {
      return await serve(server, folder, seconds.value, args, io)
    } finally {
      await server.close()
      if (!args.has('out')) await rm(folder, { recursive: true, force: true })
    }
  },
}

async function serve(
  server: PracticeServer,
  folder: string,
  seconds: number | undefined,
  args: Arguments,
  io: Io,
): Promise<Result<Answer>> {
  const { state } = server
  const caFile = join(folder, 'practice-ca.crt')
  const path = args.one('request')
  const submitted = path === undefined ? ok(undefined) : await handIn(server, path)
  if (!submitted.ok) return submitted
  const certificateFile = path && join(folder, `${basename(path, extname(path))}.crt`)
  const written = await writeFiles(
    [
      { path: caFile, content: state.serverCaPem },
      ...(submitted.value && certificateFile
        ? [{ path: certificateFile, content: submitted.value.certificatePem }]
        : []),
    ],
    args.has('force'),
  )
  if (!written.ok) return written
  const ready: z.infer<typeof PracticeOut> = {
    ready: true,
    provider: state.provider,
    environment: state.environment,
    apiUrl: state.apiUrl,
    portalUrl: state.portalUrl,
    caFile,
    ...(submitted.value && certificateFile ? { certificateFile, says: submitted.value.says } : {}),
  }
  const stopped = io.stopped()
  io.out(args.has('json') ? JSON.stringify(ready) : readyText(ready, state.providerName, io))
  await (seconds === undefined
    ? stopped
    : Promise.race([stopped, new Promise((end) => setTimeout(end, seconds * 1000).unref())]))
  return ok({ exit: 0 })
}

async function handIn(server: PracticeServer, path: string) {
  const read = await readGiven(path)
  return read.ok ? server.submit(new TextDecoder().decode(read.value)) : read
}

const readyText = (ready: z.infer<typeof PracticeOut>, name: string, io: Io) =>
  [
    painter(io)(`${name} (practice) is running on this computer`, 'strong'),
    columns([
      ['API', ready.apiUrl],
      ['portal', ready.portalUrl],
      ['trust', ready.caFile],
      ['says', ready.says],
      ['certificate', ready.certificateFile],
    ]),
    'Ctrl-C stops it.',
  ].join('\n')
