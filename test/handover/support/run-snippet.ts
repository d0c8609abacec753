import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, delimiter, dirname, join } from 'node:path'
import { passphraseVariable, type SnippetCall } from '../../../shared/handover/snippet.ts'
import { snippetKinds } from '../../../shared/handover/snippet-kinds.ts'
import { pemBlocks } from '../../../shared/pki/pem.ts'
import { sealPkcs8 } from '../../../shared/pki/pkcs8.ts'
import { writePkcs12 } from '../../../shared/pki/pkcs12-writer.ts'
import type { Client } from '../../support/mtls-cast.ts'
import { cargoEnv } from './cargo.ts'
import { blanks, packages, passphrase } from './given.ts'
import type { KeyState, Program } from './programs.ts'

/** `hung`: it had to be ended. */
export type Outcome = { code: number; out: string; hung: boolean }

/** Nothing that fails takes longer, on a busy machine either: Java compiles its snippet first. */
const limitMs = 120_000

/** A folder with the files that are handed over: beside each other, as a person keeps them. */
export async function handedOver(
  { certificate, chain }: Client,
  serverCaPem: string,
): Promise<{ folder: string; remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'handover-'))
  const pkcs8 = pemBlocks(certificate.keyPem)[0]!.der
  const bundle = (readers: 'modern' | 'older', secret: string) =>
    writePkcs12({
      pkcs8,
      certificateDer: certificate.der,
      chain: chain.map(({ der }) => der),
      friendlyName: 'mine',
      passphrase: secret,
      readers,
    })
  const files = {
    'it’s mine.crt': certificate.pem + chain.map(({ pem }) => pem).join(''),
    'open.key': certificate.keyPem,
    'locked.key': await sealPkcs8(pkcs8, passphrase),
    'locked.p12': await bundle('modern', passphrase),
    'older.p12': await bundle('older', passphrase),
    'open.p12': await bundle('modern', ''),
    'ca.pem': serverCaPem,
  }
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content, { mode: 0o600 })
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** The call that each of them makes: quotes, blanks, a path with an apostrophe, everything that wants quoting. */
export const callTo = (port: number, state: KeyState, { olderBundle }: Partial<Program>): SnippetCall => ({
  url: `https://localhost:${port}/v1/{clientId}?a=b%20c&d='e'`,
  method: 'POST',
  headers: [
    { name: 'Content-Type', value: 'application/json' },
    { name: 'X-Access-Secret', value: 'key {accessKey}' },
    { name: 'X-Odd', value: `it's "100%" \\ $HOME` },
  ],
  body: `{"message": "it's 100% \\"ready\\" $HOME", "lines": 2}`,
  blanks: ['clientId', 'accessKey'],
  files: {
    certificate: '../it’s mine.crt',
    key: state === 'locked' ? '../locked.key' : '../open.key',
    bundle: state === 'locked' ? (olderBundle ? '../older.p12' : '../locked.p12') : '../open.p12',
    serverCa: '../ca.pem',
  },
  locked: state === 'locked',
})

/** Writes a snippet with all that belongs to it into a folder of its own. */
function lay(here: string, program: Program, call: SnippetCall, change: (text: string) => string): void {
  const kind = snippetKinds.find(({ id }) => id === program.kind)!
  const code = kind.write(call)
  const adapted = program.adapted?.change(code) ?? code
  if (program.adapted && adapted === code) throw new Error(`${kind.name}: nothing to adapt`)
  const files = [
    { file: kind.file, text: adapted },
    ...(kind.beside?.(call) ?? []),
    ...Object.entries(program.project?.(basename(here)) ?? {}).map(([file, text]) => ({ file, text })),
  ]
  for (const { file, text } of files) {
    mkdirSync(dirname(join(here, file)), { recursive: true })
    writeFileSync(join(here, file), change(text))
  }
  if (program.modules) symlinkSync(join(packages, 'node_modules'), join(here, 'node_modules'))
}

/** Runs a snippet where its files are, with nothing in the environment but what it is said to need. */
export async function runSnippet(
  folder: string,
  program: Program,
  call: SnippetCall,
  change: (text: string) => string = (text) => text,
): Promise<Outcome> {
  await program.prepare?.()
  const here = mkdtempSync(join(folder, `${program.kind}-`))
  lay(here, program, call, change)
  const env = {
    PATH: [join(process.execPath, '..'), process.env.PATH].join(delimiter),
    HOME: here,
    LANG: 'C.UTF-8',
    GO111MODULE: 'off',
    GOPATH: `${join(folder, 'gopath')}:/usr/share/gocode`,
    GOCACHE: join(packages, 'gocache'),
    GOFLAGS: '-buildvcs=false',
    ...(program.kind === 'rust' ? cargoEnv : {}),
    NODE_NO_WARNINGS: '1',
    ...(call.locked ? { [passphraseVariable]: passphrase } : {}),
    ...(program.encoded ? blanks.encoded : blanks.plain),
  }
  const all = [...program.run, ...(program.arguments?.(call) ?? [])]
  const asks = call.locked ? program.asks : undefined
  const [command = '', ...given] = asks ? ['script', '-qefc', all.join(' '), '/dev/null'] : all
  return new Promise((resolve) => {
    const options = { cwd: here, env, timeout: limitMs, killSignal: 'SIGKILL' as const }
    const child = execFile(command, given, options, (error, out, err) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, out: out + err, hung: error?.killed === true })
    })
    child.stdin?.on('error', () => {})
    if (!asks) child.stdin?.end()
    else child.stdout?.on('data', (text) => asks.test(text) && child.stdin?.write(`${passphrase}\n`))
  })
}
