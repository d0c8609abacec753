import type { z } from 'zod'
import { refusesAny } from '../../shared/findings.ts'
import { paperOfCode } from '../../shared/guide/papers.ts'
import type { InspectedObject, Relation } from '../../shared/pki/facts.ts'
import { isLocked } from '../../shared/pki/locked.ts'
import { ok, type Result } from '../../shared/result.ts'
import { usageProblem } from './args.ts'
import { cliWords, withNextHere } from './cli-words.ts'
import { type Answer, type Command, jsonOption, passphraseOption } from './command.ts'
import { inspectionText } from './inspect-text.ts'
import type { Io } from './io.ts'
import type { InspectOut } from './output.ts'
import { passphrasesGiven } from './passphrase.ts'
import { painter } from './print.ts'
import { type ReadFiles, readFiles, stdinName } from './read-files.ts'
import { withGuide } from './with-guide.ts'

export const inspect: Command = {
  name: 'inspect',
  usage: 'FILE|HOST:PORT…',
  says: 'Says what is in files, whatever their names: certificates, requests, keys, bundles, lists. FILE may be a folder, or - for standard input; HOST:PORT (or https://HOST) is a server, for the certificates that it sends.',
  notes: [
    'Exit code 1 when a file cannot be read, or when something in it would be refused by a server. A key or bundle that is only locked is no fault.',
  ],
  options: {
    'passphrase-file': { ...passphraseOption, many: true },
    json: jsonOption,
  },
  examples: [
    'countersign inspect client.crt',
    'countersign inspect certificates/ --json',
    'countersign inspect api.example.com:443',
    'pbpaste | countersign inspect -',
  ],
  async run(args, io) {
    if (args.rest.length === 0) return usageProblem('Say which files to inspect')
    const passphrases = await passphrasesGiven(args)
    if (!passphrases.ok) return passphrases
    const gathered = await readFiles(args.rest, io)
    const { createReader } = await import('../reader-client.ts')
    const reader = createReader()
    try {
      const look = (given: readonly string[]) => reader.inspect(gathered.files, given, io.now())
      let found = await look(passphrases.value)
      if (!found.ok) return found
      const asked = await askForLocked(found.value.objects, passphrases.value, args.has('json'), io)
      if (asked.length > 0) found = await look([...passphrases.value, ...asked])
      return found.ok ? answer(found.value, gathered, io) : found
    } finally {
      await reader.close()
    }
  },
}

/** One passphrase for all that is locked; who has several uses files. */
async function askForLocked(objects: readonly InspectedObject[], given: readonly string[], json: boolean, io: Io) {
  const names = objects.filter(isLocked).map(({ file }) => (file === stdinName ? 'standard input' : file))
  const locked = [...new Set(names)]
  if (locked.length === 0 || given.length > 0 || json || !io.interactive) return []
  const typed = await io.ask(`Passphrase of ${locked.join(', ')} (empty to leave it locked)`)
  return typed ? [typed] : []
}

function answer(
  { objects, relations }: { objects: InspectedObject[]; relations: Relation[] },
  { leftOut }: ReadFiles,
  io: Io,
): Result<Answer> {
  const unread = leftOut.map(({ file, problem }, i): InspectedObject => {
    const { title, next } = cliWords(problem)
    const id = `left-out-${i}`
    return { id, file, kind: 'unknown', facts: {}, problem: { code: problem.code, title, next }, findings: [] }
  })
  const told = objects.map((object) => ({
    ...object,
    file: object.file === stdinName ? '-' : object.file,
    problem: object.problem && withNextHere(object.problem),
  }))
  const all = [...told, ...unread]
  const json: z.infer<typeof InspectOut> = all.map((object) => ({
    ...object,
    problem: object.problem && withGuide(object.problem, paperOfCode),
    relations: relationsOf(object.id, relations),
  }))
  const bad = all.some(
    ({ problem, findings }) => (problem !== null && problem.code !== 'key.passphrase-needed') || refusesAny(findings),
  )
  return ok({ exit: bad ? 1 : 0, json, text: () => inspectionText(json, painter(io), io.now()) })
}

type Related = z.infer<typeof InspectOut>[number]['relations']

const relationsOf = (id: string, relations: readonly Relation[]): Related =>
  relations.flatMap(({ kind, a, b, verified }): Related => {
    const more = verified === undefined ? {} : { verified }
    if (a === id) return [{ kind, with: b, ...more }]
    if (b === id) return [{ kind: kind === 'issued-by' ? 'issuer-of' : kind, with: a, ...more }]
    return []
  })
