import type { Problem } from '../../shared/problems.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { policyInForce } from '../policy/in-force.ts'
import { passphraseRefusal } from '../policy/refusals.ts'
import type { Arguments } from './args.ts'
import type { Io } from './io.ts'
import { readGiven } from './read-given.ts'

const longest = 1024

/** The first line of a passphrase file, without its line end: editors put one there. */
async function fromFile(path: string): Promise<Result<string>> {
  const read = await readGiven(path, 64 * 1024)
  if (!read.ok) return read
  const text = new TextDecoder().decode(read.value).split(/\r?\n/)[0] ?? ''
  if (text === '') return refuse({ code: 'file.empty', name: path })
  return text.length > longest ? refuse({ code: 'app.input-invalid', field: `passphrase in ${path}` }) : ok(text)
}

/** All passphrases given in files. */
export async function passphrasesGiven(args: Arguments, option = 'passphrase-file'): Promise<Result<string[]>> {
  const passphrases: string[] = []
  for (const path of args.all(option)) {
    const read = await fromFile(path)
    if (!read.ok) return read
    passphrases.push(read.value)
  }
  return ok(passphrases)
}

const isLocked = ({ code }: Problem) => code === 'key.passphrase-needed'

/**
 * Opens something with the passphrases at hand: none, those given, and, where somebody can be asked, one that is typed.
 * The last refusal is the answer when none fits.
 */
export async function withPassphrases<T>(
  io: Io,
  given: readonly string[],
  name: string,
  open: (passphrase?: string) => Promise<Result<T>>,
): Promise<Result<T>> {
  let last = await open()
  if (last.ok || !isLocked(last.problem)) return last
  for (const passphrase of given) {
    last = await open(passphrase)
    if (last.ok || last.problem.code !== 'key.passphrase-wrong') return last
  }
  if (given.length > 0 || !io.interactive) return last
  for (let i = 0; i < 3; i++) {
    const typed = await io.ask(`Passphrase of ${name}`)
    if (typed === null) return refuse({ code: 'app.cancelled' })
    last = await open(typed)
    if (last.ok || last.problem.code !== 'key.passphrase-wrong') return last
    io.note('It does not fit.')
  }
  return last
}

/**
 * A passphrase for something new: from its file, or typed twice. Null when there is neither, or the user wants none
 * (an empty line), which only callers that may write in the clear accept.
 */
export async function newPassphrase(
  args: Arguments,
  io: Io,
  what: string,
  option = 'passphrase-file',
): Promise<Result<string | null>> {
  const given = await passphrasesGiven(args, option)
  if (!given.ok) return given
  if (given.value[0] !== undefined) return longEnough(given.value[0])
  if (!io.interactive) return ok(null)
  for (;;) {
    const first = await io.ask(`New passphrase for ${what}`)
    if (first === null) return refuse({ code: 'app.cancelled' })
    if (first === '') return ok(null)
    const second = await io.ask('The same again')
    if (second === null) return refuse({ code: 'app.cancelled' })
    if (first === second) return longEnough(first)
    io.note('The two differ.')
  }
}

function longEnough(passphrase: string): Result<string> {
  const refused = passphraseRefusal(policyInForce(), passphrase, false)
  return refused ? refuse(refused) : ok(passphrase)
}
