import type { z } from 'zod'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { Attempt } from '../../shared/tls/attempt.ts'
import type { ExplainContext } from '../../shared/tls/explain/explain.ts'
import type { GivenFile } from '../../shared/tls/forecast/traits.ts'
import { createReader, type Reader } from '../reader-client.ts'
import { type Arguments, usageProblem } from './args.ts'
import { type Answer, type Command, jsonOption, passphraseOption } from './command.ts'
import { explainedText, nothingKnown } from './explain-text.ts'
import type { Io } from './io.ts'
import { type ExplainOut, TestOut } from './output.ts'
import { passphrasesGiven } from './passphrase.ts'
import { painter } from './print.ts'
import { readGiven } from './read-given.ts'
import { withGuide } from './with-guide.ts'

/** A log may be long; what matters stands at its end, and is looked for there. */
const longestLog = 32 * 1024 * 1024

export const explain: Command = {
  name: 'explain',
  usage: '[FILE] --cert FILE --key FILE',
  says: 'Says what an error text or log of any program means (Node, Electron apps, curl, Go, Java, Python, nginx, .NET): the causes that the given certificate and key can explain first, and those that they rule out last, each with the reason. Reads FILE, or standard input. Nothing is sent anywhere.',
  notes: [
    'Exit code 0 when something was recognised, 1 when not.',
    'With --pcap it judges the TLS connections of a capture instead of a text.',
  ],
  options: {
    cert: { takes: 'FILE', says: 'the certificate that the program was given, whatever the file holds' },
    key: { takes: 'FILE', says: 'the private key that it was given' },
    test: { takes: 'FILE', says: 'a test of the same server, as `countersign test --json` prints it' },
    pcap: { takes: 'FILE', says: 'a capture (pcap or pcapng) of the connections' },
    keylog: { takes: 'FILE', says: 'their secrets (SSLKEYLOGFILE), where the capture does not hold them' },
    'passphrase-file': { ...passphraseOption, many: true },
    json: jsonOption,
  },
  examples: [
    'countersign explain < error.txt',
    'countersign explain error.txt --cert client.crt --key client.key',
    'countersign explain --pcap refused.pcapng --cert client.crt',
  ],
  async run(args, io) {
    const [path, ...more] = args.rest
    if (more.length > 0) return usageProblem(`One text at a time: what is “${more[0]}”?`)
    if (args.has('pcap') && path !== undefined) return usageProblem('Say either a text or --pcap')
    if (args.has('keylog') && !args.has('pcap')) return usageProblem('--keylog belongs to --pcap')
    const reader = createReader()
    try {
      const context = await contextGiven(args, io, reader)
      if (!context.ok) return context
      if (args.has('pcap')) {
        const { explainCapture } = await import('./explain-capture.ts')
        return await explainCapture(args, io, context.value)
      }
      const text = await textGiven(path, io)
      return text.ok ? await answer(text.value, context.value, io) : text
    } finally {
      await reader.close()
    }
  },
}

async function textGiven(path: string | undefined, io: Io): Promise<Result<string>> {
  if (path === undefined && io.interactive) io.note('Paste the text, then press Ctrl-D.')
  const read = path === undefined || path === '-' ? ok(await io.stdin()) : await readGiven(path, longestLog)
  return read.ok ? ok(new TextDecoder().decode(read.value)) : read
}

async function answer(text: string, context: ExplainContext, io: Io): Promise<Result<Answer>> {
  const { explainText } = await import('../../shared/tls/explain/explain.ts')
  const rows = explainText(text, context)
  const told = rows.map((row) => withGuide(row))
  const json: z.infer<typeof ExplainOut> = rows.length > 0 ? { rows: told } : { rows: [], says: nothingKnown }
  return ok({ exit: rows.length > 0 ? 0 : 1, json, text: () => explainedText(rows, painter(io)) })
}

/** The files as the program was given them: also what is no certificate at all. */
async function contextGiven(args: Arguments, io: Io, reader: Reader): Promise<Result<ExplainContext>> {
  const passphrases = await passphrasesGiven(args)
  if (!passphrases.ok) return passphrases
  const context: ExplainContext = { now: io.now() }
  const test = args.one('test')
  if (test !== undefined) {
    const tested = await testGiven(test)
    if (!tested.ok) return tested
    Object.assign(context, tested.value)
  }
  const files: GivenFile[] = []
  for (const as of ['certificate', 'key'] as const) {
    const path = args.one(as === 'certificate' ? 'cert' : 'key')
    if (path === undefined) continue
    const read = await readGiven(path)
    if (!read.ok && read.problem.code !== 'file.empty') return read
    const bytes = read.ok ? read.value : new Uint8Array(0)
    const found = await reader.inspect([{ file: path, bytes }], passphrases.value, io.now())
    if (!found.ok) return found
    files.push({ as, objects: found.value.objects })
  }
  if (files.length === 0) return ok(context)
  const [first, ...above] = files
    .filter(({ as }) => as === 'certificate')
    .flatMap(({ objects }) => objects.filter(({ kind }) => kind === 'certificate'))
  const chain = above.map(({ facts }) => facts)
  // A bundle in the place of the certificate holds both, and is meant.
  const bundled = files.length === 1 && files[0]?.objects.some(({ kind }) => kind === 'pkcs12')
  const given = bundled ? [{ as: 'bundle' as const, objects: files[0]?.objects ?? [] }] : files
  return ok({ ...context, files: given, ...(first ? { certificate: first.facts, chain } : {}) })
}

async function testGiven(path: string): Promise<Result<Pick<ExplainContext, 'attempt' | 'verdict'>>> {
  const read = await readGiven(path)
  if (!read.ok) return read
  try {
    const { problem: _, verdict, ...attempt } = TestOut.parse(JSON.parse(new TextDecoder().decode(read.value)))
    return ok({ verdict, attempt: Attempt.parse(attempt) })
  } catch {
    return refuse({ code: 'file.unknown-kind', name: path })
  }
}
