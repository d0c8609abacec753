import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { receiverFiles } from '../../shared/handover/receiver-files.ts'
import { receivers } from '../../shared/handover/receivers.ts'
import { whoLoads } from '../../shared/handover/who-loads.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import { issue } from '../support/throwaway-pki.ts'
import { run, scratch } from '../support/tools.ts'

/** The table of who opens what a receiver gets, held against the programs of this computer. */
const at = scratch()
afterAll(() => at.remove())

const passphrase = 'Correct-Horse-7-battery'
const ids = ['java', 'older', 'fips', 'java-old'] as const
const files: string[] = []
const client = (name: string) => new URL(`clients/${name}`, import.meta.url).pathname
const electron = createRequire(import.meta.url)('electron') as unknown as string

beforeAll(async () => {
  const root = issue({ subject: ['CN=Acme Root'], isCa: true })
  const leaf = issue({ subject: ['CN=client.example.com'], issuer: root })
  for (const id of ids) {
    const [file] = await receiverFiles(receivers.find((one) => one.id === id)!, {
      name: 'Acme live',
      stem: `acme-${id}`,
      pkcs8: pemBlocks(leaf.keyPem)[0]!.der,
      certificateDer: leaf.der,
      chain: [root.der],
      passphrase,
      now: new Date('2026-03-01T12:00:00Z'),
    })
    files.push(at.put(file!.name, file!.content))
  }
})

type Opens = (path: string) => Promise<boolean>
const each = (opens: Opens) => () => Promise.all(files.map(opens))
const exits =
  (program: string, args: (path: string) => string[], shows = /^/): Opens =>
  async (path) => {
    const { code, stdout } = await run(program, args(path))
    return code === 0 && shows.test(stdout.toString())
  }
const byList = (program: string, script: string, env: string, list: (paths: string[]) => string) => async () => {
  const { stdout } = await run('env', [env, program, client(script), at.put(`${script}.list`, list(files))])
  return stdout
    .toString()
    .trim()
    .split('\n')
    .map((line) => line.startsWith('ok'))
}
const json = (paths: string[]) => JSON.stringify(paths.map((p12) => ({ p12, passphrase })))
const python =
  'import sys\nfrom cryptography.hazmat.primitives.serialization import pkcs12\npkcs12.load_key_and_certificates(open(sys.argv[1], "rb").read(), sys.argv[2].encode())'

const programs: { who: RegExp; opens: () => Promise<boolean[]> }[] = [
  {
    who: /^OpenSSL(, curl| 3\.0)/,
    opens: each(
      exits('openssl', (path) => ['pkcs12', '-in', path, '-passin', `pass:${passphrase}`, '-noenc'], /PRIVATE KEY/),
    ),
  },
  {
    who: /^(Electron|OpenSSL, curl)/,
    opens: byList(electron, 'load.mjs', 'ELECTRON_RUN_AS_NODE=1', json),
  },
  {
    who: /^Java($| 8u301)/,
    opens: byList('java', 'Load.java', 'LANG=C', (paths) => paths.map((path) => `${path}\t${passphrase}\n`).join('')),
  },
  {
    who: /^(GnuTLS|OpenSSL, curl)/,
    opens: each(
      exits('certtool', (path) => ['--p12-info', '--inder', '--infile', path, '--password', passphrase], /PRIVATE KEY/),
    ),
  },
  {
    who: /^(Python crypto|OpenSSL, curl)/,
    opens: each(exits('/usr/bin/python3', (path) => ['-c', python, path, passphrase])),
  },
  {
    who: /^(NSS|OpenSSL, curl)/,
    opens: async () => {
      const empty = at.put('empty.txt', '\n')
      await run('certutil', ['-N', '-d', `sql:${at.path('.')}`, '-f', empty])
      const opened: boolean[] = []
      for (const path of files) {
        const { code } = await run('pk12util', ['-i', path, '-d', `sql:${at.path('.')}`, '-k', empty, '-W', passphrase])
        opened.push(code === 0)
      }
      return opened
    },
  },
]

describe('who opens a bundle or keystore for a receiver', () => {
  it.each(programs)('is said as $who does', async ({ who, opens }) => {
    const told = ids.map((id) => {
      const [table] = whoLoads(receivers.find((one) => one.id === id)!, 'ec-p256', true)
      return table!.rows.find((row) => who.test(row.who))?.opens
    })
    expect(await opens()).toEqual(told.map((word) => word === 'yes'))
  })
})
