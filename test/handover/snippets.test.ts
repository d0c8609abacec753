import { execFile } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { snippetKinds } from '../../shared/handover/snippet-kinds.ts'
import { type Cast, makeCast } from '../support/mtls-cast.ts'
import { withServer } from './support/asking-server.ts'
import { blanks } from './support/given.ts'
import { type KeyState, type Program, programs } from './support/programs.ts'
import { callTo, handedOver, type Outcome, runSnippet } from './support/run-snippet.ts'

/**
 * Every snippet whose program is here is run as it stands, with the files that it names: the certificate has to arrive
 * with its intermediate. Without its files, without the certificate, and before a server that wants another one, it has to
 * end by itself, with an exit code and a reason.
 */
let cast: Cast
let files: Awaited<ReturnType<typeof handedOver>>
const told: string[] = []

beforeAll(async () => {
  cast = makeCast()
  files = await handedOver(cast.clients['good with intermediate']!, cast.serverRoot.pem)
})
afterAll(() => {
  const run = new Set(Object.values(programs).map(({ kind }) => kind))
  const notRun = snippetKinds.filter(({ id }) => !run.has(id)).map(({ name }) => name)
  process.stdout.write(`snippets\n${told.sort().join('\n')}\n`)
  process.stdout.write(`    not to be had here, and read instead: ${notRun.join(', ')}\n`)
  files.remove()
})

const states: readonly KeyState[] = ['locked', 'open']
const cases = Object.entries(programs).flatMap(([name, program]) => states.map((state) => ({ name, state, program })))
/** How a program fails does not depend on how its key was kept: once is enough. */
const once = cases.filter(({ state }) => state === 'open')
/**
 * In TLS 1.3 a client has sent its call when the server refuses it: some hear the alert, others only that the connection is
 * gone. The first that is found in what a program says is shown.
 */
const refused = [
  /alert|certificate.required|handshake_failure/i,
  /hang up|other side closed|broken pipe|\breset\b|EOF|empty reply|invalidated|(closed|ended) (the )?connection/i,
  /IncompleteMessage|ChannelClosed|terminated|disconnected|errno=/,
  /error|exception|failed|fatal/i,
]
const missing = [/no such file|not found|ENOENT/i, /gone\./]

const limit = { timeout: 16 * 60_000 }

const note = (name: string, what: string, text: string) =>
  told.push(`    ${name.padEnd(16)} ${what.padEnd(22)} ${text}`)

async function versionOf({ version: [command = '', ...given], adapted }: Program): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(command, given)
  const version = (stdout || stderr).trim().split('\n')[0]!.replaceAll('\t', ' ').slice(0, 70)
  return adapted ? `${version} (adapted: ${adapted.why})` : version
}

/** The line in which a program says why, for a person to judge. */
function reasonIn(out: string, patterns: readonly RegExp[]): string | undefined {
  const pattern = patterns.find((one) => one.test(out))
  const line = out.split('\n').find((one) => pattern?.test(one))
  const at = pattern && line ? Math.max(0, line.search(pattern) - 50) : 0
  return line?.slice(at, at + 130).trim()
}

function expectCleanFailure(name: string, what: string, { code, out, hung }: Outcome, why: readonly RegExp[]): void {
  expect(hung, `${name} has to end by itself\n${out}`).toBe(false)
  expect(out).not.toContain('welcome')
  expect(code, out).not.toBe(0)
  const reason = reasonIn(out, why)
  expect(reason, out).toBeTruthy()
  note(name, what, `exit ${code}: ${reason}`)
}

describe('a snippet', () => {
  it.concurrent.each(cases)('of $name with a key that is $state sends all as it is meant', limit, async (one) => {
    const { name, state, program } = one
    const version = await versionOf(program)
    await withServer(cast, cast.clientRoot.pem, async (port, seen) => {
      const call = callTo(port, state, program)
      const { out } = await runSnippet(files.folder, program, call)
      expect(seen, out).toHaveLength(1)
      const [arrived] = seen
      const { certificate, chain } = cast.clients['good with intermediate']!
      const fingerprint = (der: Uint8Array) => new X509Certificate(der).fingerprint256
      expect(arrived?.chain.slice(0, 2)).toEqual([certificate.der, chain[0]!.der].map(fingerprint))
      expect(arrived).toMatchObject({ method: 'POST', body: call.body })
      expect(arrived?.url).toMatch(/^\/v1\/a%20b%2F%C3%BC\?a=b%20c&d=('|%27)e('|%27)$/i)
      expect(arrived?.headers).toMatchObject({
        'content-type': expect.stringMatching(/^application\/json/),
        'x-access-secret': `key ${blanks.plain.ACCESS_KEY}`,
        'x-odd': `it's "100%" \\ $HOME`,
      })
    })
    note(name, `sends, key ${state}`, version)
  })

  it.concurrent.each(once)('of $name fails where the server wants another certificate', limit, async (one) => {
    const { name, state, program } = one
    await withServer(cast, cast.otherRoot.pem, async (port, seen) => {
      const outcome = await runSnippet(files.folder, program, callTo(port, state, program))
      expect(seen).toEqual([])
      expectCleanFailure(name, 'another is wanted', outcome, refused)
    })
  })

  it.concurrent.each(once)('of $name fails where it presents none', limit, async (one) => {
    const { name, state, program } = one
    await withServer(cast, cast.clientRoot.pem, async (port, seen) => {
      const call = callTo(port, state, program)
      const bare = program.without.length > 0 ? call : { ...call, files: { ...call.files, certificate: '', key: '' } }
      const cut = new Set<RegExp>()
      const outcome = await runSnippet(files.folder, program, bare, (text) =>
        program.without.reduce((left, [piece, put]) => {
          if (piece.test(left)) cut.add(piece)
          return left.replace(piece, put)
        }, text),
      )
      expect(cut.size, 'what is cut out has to be there').toBe(program.without.length)
      expect(seen).toEqual([])
      expectCleanFailure(name, 'none is presented', outcome, refused)
    })
  })

  it.concurrent.each(once)('of $name fails where its files are missing', limit, async (one) => {
    const { name, state, program } = one
    await withServer(cast, cast.clientRoot.pem, async (port, seen) => {
      const call = callTo(port, state, program)
      const gone = { ...call.files, certificate: '../gone.crt', key: '../gone.key', bundle: '../gone.p12' }
      const outcome = await runSnippet(files.folder, program, { ...call, files: gone })
      expect(seen).toEqual([])
      expectCleanFailure(name, 'its files are missing', outcome, missing)
    })
  })
})
