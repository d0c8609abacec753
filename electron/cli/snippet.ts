import { join } from 'node:path'
import type { z } from 'zod'
import { type SnippetCall, type SnippetKind, variablesOf } from '../../shared/handover/snippet.ts'
import { snippetKinds } from '../../shared/handover/snippet-kinds.ts'
import { firstCallOf } from '../../shared/providers/plan.ts'
import { blanksIn } from '../../shared/providers/template.ts'
import { ok, type Result } from '../../shared/result.ts'
import { type Arguments, usageProblem } from './args.ts'
import { callGiven } from './call-args.ts'
import { type Command, jsonOption, providerOptions } from './command.ts'
import type { Io } from './io.ts'
import type { SnippetOut } from './output.ts'
import { answersGiven, planOptions } from './plan-args.ts'
import { columns, painter, plain } from './print.ts'
import { environmentGiven, providerGiven } from './provider.ts'
import { writeFiles } from './write-files.ts'

const ids = snippetKinds.map(({ id }) => id)

export const snippet: Command = {
  name: 'snippet',
  usage: '[URL] --for PROGRAM --cert FILE --key FILE',
  says: 'Writes a call with a client certificate for another program or library, correct as it stands. It names files and environment variables, and holds no secret.',
  notes: [
    `Programs: ${ids.join(', ')}.`,
    'Without URL it is the first call that the provider documents. Values in braces, such as {accessKey}, are read from environment variables of that name: ACCESS_KEY. The passphrase of key and bundle is read from MTLS_PASSPHRASE.',
  ],
  options: {
    for: { takes: 'PROGRAM', says: 'who makes the call' },
    cert: { takes: 'FILE', says: 'certificate and issuers as PEM; client.crt otherwise' },
    key: { takes: 'FILE', says: 'private key as PEM; client.key otherwise' },
    bundle: { takes: 'FILE', says: 'the same as PKCS#12, for programs that take no PEM; client.p12 otherwise' },
    ca: { takes: 'FILE', says: 'what to trust; the program’s own roots otherwise' },
    'no-passphrase': { says: 'key and bundle have none' },
    method: { takes: 'METHOD', says: 'GET, or POST when there is --data' },
    header: { takes: 'NAME: VALUE', many: true, says: 'a header' },
    data: { takes: 'TEXT', says: 'a body' },
    ...providerOptions,
    set: planOptions.set,
    out: { takes: 'FOLDER', says: 'write the files into this folder instead of printing the code' },
    force: { says: 'replace files that are there' },
    json: jsonOption,
  },
  examples: [
    'countersign snippet https://api.example.com/ --for curl --cert acme.crt --key acme.key',
    'countersign snippet --provider truv --environment sandbox --for python-requests --out call/',
  ],
  async run(args, io) {
    const kind = kindGiven(args)
    if (!kind.ok) return kind
    const call = await snippetCall(args)
    if (!call.ok) return call
    const files = [
      { file: kind.value.file, text: kind.value.write(call.value) },
      ...(kind.value.beside?.(call.value) ?? []),
    ]
    const out = args.one('out')
    if (out !== undefined) {
      const paths = files.map(({ file, text }) => ({ path: join(out, file), content: text, secret: false }))
      const written = await writeFiles(paths, args.has('force'))
      if (!written.ok) return written
    }
    const { id, name, needs, run } = kind.value
    const json: z.infer<typeof SnippetOut> = {
      for: id,
      name,
      needs,
      run,
      trust: kind.value.trust(call.value),
      notes: kind.value.notes?.(call.value) ?? [],
      variables: variablesOf(call.value),
      files: files.map(({ file, text }) => ({ file: out === undefined ? file : join(out, file), text })),
    }
    return ok({ exit: 0, json, text: () => (out === undefined ? printed(json) : told(json, io)) })
  },
}

function kindGiven(args: Arguments): Result<SnippetKind> {
  const id = args.one('for')
  if (id === undefined) return usageProblem(`Say --for PROGRAM: ${ids.join(', ')}`)
  const kind = snippetKinds.find((one) => one.id === id)
  return kind ? ok(kind) : usageProblem(`There is no program “${id}”; there are ${ids.join(', ')}`)
}

async function snippetCall(args: Arguments): Promise<Result<SnippetCall>> {
  const [url, ...more] = args.rest
  if (more.length > 0) return usageProblem('Say one URL')
  const provider = await providerGiven(args)
  if (!provider.ok) return provider
  const files = {
    certificate: args.one('cert') ?? 'client.crt',
    key: args.one('key') ?? 'client.key',
    bundle: args.one('bundle') ?? 'client.p12',
    ...(args.has('ca') && { serverCa: args.one('ca') }),
  }
  const locked = !args.has('no-passphrase')
  if (url !== undefined) {
    const call = await callGiven(url, args)
    if (!call.ok) return call
    const texts = [url, call.value.body ?? '', ...call.value.headers.map(({ value }) => value)]
    return ok({ ...call.value, url, blanks: [...new Set(texts.flatMap(blanksIn))], files, locked })
  }
  if (!provider.value) return usageProblem('Say the URL of the call, or a --provider for its first call')
  const environment = environmentGiven(args, provider.value)
  if (!environment.ok) return environment
  const given = answersGiven(args, provider.value)
  if (!given.ok) return given
  const first = firstCallOf(provider.value, environment.value.id, given.value.answers)
  if (!first)
    return usageProblem(`No first call is known for ${provider.value.name} here: say the URL, or --set its host`)
  return ok({ ...first, blanks: first.blanks.map(({ id }) => id), files, locked })
}

/** The code as it is, so that it can be piped into a file. */
const printed = ({ files }: z.infer<typeof SnippetOut>) =>
  files.map(({ file, text }, i) => `${i === 0 ? '' : `\n# ${file}\n`}${text.trimEnd()}`).join('\n')

function told({ name, needs, run, trust, notes, variables, files }: z.infer<typeof SnippetOut>, io: Io) {
  return [
    painter(io)(`Written: ${files.map(({ file }) => plain(file)).join(', ')}`, 'strong'),
    columns([
      ['for', [`${name}: ${needs}`]],
      ['run', [run]],
      ['reads', variables.length > 0 ? [`${variables.join(', ')} from the environment`] : []],
      ['trust', [trust]],
      ['notes', notes],
    ]),
  ].join('\n')
}
