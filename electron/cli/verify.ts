import type { z } from 'zod'
import type { PathVerdict } from '../../shared/pki/inspect-calls.ts'
import type { FilesVerdict } from '../../shared/pki/path/verify-files.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { GivenFile } from '../foreign-reading.ts'
import { type Arguments, usageProblem } from './args.ts'
import { type Command, jsonOption, passphraseOption } from './command.ts'
import type { Io } from './io.ts'
import type { VerifyOut } from './output.ts'
import { passphrasesGiven } from './passphrase.ts'
import { painter, problemJson, problemLines } from './print.ts'
import { readFiles, stdinName } from './read-files.ts'
import { purposes, type Wishes, wishesOf } from './verify-args.ts'
import { verdictText } from './verify-text.ts'

type Out = z.infer<typeof VerifyOut>

export const verify: Command = {
  name: 'verify',
  usage: 'LEAF',
  says: 'Says whether a certificate would be trusted, by which path, and why not. LEAF may be - for standard input; what else lies in its file counts as chain.',
  notes: [
    'Each FILE may hold many certificates in any form, in any order, and may be a folder. Without --roots what this computer trusts is trusted. Revocation lists count wherever they are; with --crl every certificate below the root needs one.',
    'Exit code 0 when it is trusted, 1 when it is not.',
  ],
  options: {
    chain: { takes: 'FILE', many: true, says: 'certificates that may stand between' },
    roots: { takes: 'FILE', many: true, says: 'what is trusted; the system’s roots otherwise' },
    crl: { takes: 'FILE', many: true, says: 'revocation lists to check by' },
    purpose: { takes: 'USE', says: `${purposes.slice(0, -1).join(', ')} or ${purposes.at(-1)}; any without it` },
    name: { takes: 'HOST', says: 'the DNS name or IP address that it has to be for' },
    at: { takes: 'DATE', says: 'as of a date (start of the day, UTC) or date and time; now without it' },
    revocation: { takes: 'SCOPE', says: 'who must be on a valid list: known (nobody), leaf, or all; all with --crl' },
    rules: { takes: 'SET', says: 'usual, rfc5280 (as strict CAs must be) or web (public web CAs)' },
    depth: { takes: 'N', says: 'at most so many certificates between leaf and root' },
    'passphrase-file': { ...passphraseOption, many: true },
    json: jsonOption,
  },
  examples: [
    'countersign verify client.crt --chain chain.pem --roots ca.crt --purpose client',
    'countersign verify server.pem --purpose server --name api.example.com --at 2027-01-01 --json',
  ],
  async run(args, io) {
    const wishes = wishesOf(args, io)
    if (!wishes.ok) return wishes
    const paths = [args.rest, args.all('chain'), args.all('roots'), args.all('crl')]
    if (args.rest.length !== 1)
      return usageProblem('Say which certificate to verify: one file, or - for standard input')
    if (paths.flat().filter((path) => path === '-').length > 1) return usageProblem('Standard input can be read once')
    const passphrases = await passphrasesGiven(args)
    if (!passphrases.ok) return passphrases
    const [leaf, ...beside] = await given(args.rest, io)
    const chain = await given(args.all('chain'), io)
    const roots = await given(args.all('roots'), io)
    const crls = await given(args.all('crl'), io)
    const system = args.has('roots') ? null : (await import('../tls/system-roots.ts')).systemRoots()
    const { createReader } = await import('../reader-client.ts')
    const reader = createReader()
    const judge = (known: string[]) =>
      reader.verify({
        ...wishes.value,
        leaf: leaf ?? { file: '', bytes: new Uint8Array() },
        chain: [...beside, ...chain],
        roots,
        crls,
        otherRoots: system?.ders ?? [],
        passphrases: known,
        today: io.now(),
      })
    try {
      let found = await judge(passphrases.value)
      if (found.ok && mayAsk(found.value, passphrases.value, args, io)) {
        const typed = await io.ask('Passphrase of what is locked (empty to leave it locked)')
        if (typed) found = await judge([typed])
      }
      return answer(found, wishes.value, system?.says ?? null, io)
    } finally {
      await reader.close()
    }
  },
}

/** Files of one option; what cannot be read goes along with its problem. */
async function given(paths: readonly string[], io: Io): Promise<GivenFile[]> {
  const { files, leftOut } = await readFiles(paths, io)
  return [...files, ...leftOut.map(({ file, problem }) => ({ file, bytes: new Uint8Array(), refused: problem }))]
}

const mayAsk = ({ problems }: FilesVerdict, passphrases: readonly string[], args: Arguments, io: Io): boolean =>
  io.interactive &&
  !args.has('json') &&
  passphrases.length === 0 &&
  problems.some(({ problem }) => problem.code === 'key.passphrase-needed')

function answer(found: Result<FilesVerdict>, wishes: Wishes, system: string | null, io: Io) {
  // A reader that gave up says nothing of the certificate, so it is not trusted.
  const verdict = found.ok ? found.value.verdict : unread
  const problems = found.ok ? found.value.problems : [{ file: '', problem: found.problem }]
  const json: Out = {
    trusted: verdict.trusted,
    reason: verdict.reason,
    says: verdict.says,
    ...(verdict.next !== undefined && { next: verdict.next }),
    path: verdict.path,
    roots: system === null ? { from: 'files', says: count(found) } : { from: 'system', says: system },
    purpose: wishes.purpose,
    name: wishes.host ?? null,
    at: `${wishes.at.toISOString().slice(0, 19)}Z`,
    problems: problems.map(({ file, problem }) => ({ file: file === stdinName ? '-' : file, ...problemJson(problem) })),
  }
  for (const { problem } of problems) io.note(problemLines(problem, painter({ colour: io.colour && io.interactive })))
  return ok({ exit: verdict.trusted ? 0 : 1, json, text: () => verdictText(json, painter(io)) } as const)
}

const unread: PathVerdict = {
  trusted: false,
  reason: 'path.not-a-certificate',
  says: 'There is no certificate to judge.',
  path: [],
}

const count = (found: Result<FilesVerdict>): string => {
  const many = found.ok ? found.value.rootsFound : 0
  return many === 1 ? '1 certificate' : `${many} certificates`
}
