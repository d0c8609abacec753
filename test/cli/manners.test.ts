import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { InspectOut, Refused } from '../../electron/cli/output.ts'
import { countersign, shell } from '../support/cli.ts'
import { closeAll, scratchFolder } from '../support/test-servers.ts'
import { issue } from '../support/throwaway-pki.ts'

let cwd: string
const run = (...args: string[]) => countersign(args, { cwd })
const made = ['request', '--provider', 'other', '--environment', 'test', '--set', 'CN=own', '--key', 'ed25519']

beforeAll(() => {
  cwd = scratchFolder()
  const own = issue({ subject: ['CN=own'] })
  const stale = issue({ subject: ['CN=stale'], fromDays: -90, toDays: -3 })
  writeFileSync(join(cwd, 'own.crt'), own.pem)
  writeFileSync(join(cwd, 'own.key'), own.keyPem)
  writeFileSync(join(cwd, 'stale.crt'), stale.pem)
  writeFileSync(join(cwd, 'pass.txt'), 'correct horse\n')
})
afterAll(closeAll)

describe('a script', () => {
  it.each([
    [['nonsense', '--json']],
    [['--json', 'inspect', 'own.crt']],
    [['help', 'constructor', '--json']],
    [['inspect', '--wild', '--json']],
    [[...made, '--set', 'CN=twice', '--out', 'x', '--json']],
  ])('finds a problem as JSON for %j, and exit code 2', async (args) => {
    const ran = await run(...args)
    expect(Refused.parse(ran.json()).problem.code).toBe('cli.usage')
    expect(ran.code).toBe(2)
  })

  it('gets the exit code that was earned, although it stopped reading or nobody hears the notes', async () => {
    const cut = await shell('{ countersign inspect stale.crt --json; echo $? > code; } | true; cat code', cwd)
    expect(cut.out.trim()).toBe('1')
    if (!existsSync('/dev/full')) return
    expect((await shell('countersign inspect --wild 2>/dev/full', cwd)).code).toBe(2)
    const full = await shell('countersign inspect own.crt >/dev/full', cwd)
    expect(full.code).toBe(1)
    expect(full.err).toMatch(/could not be written/)
  })

  it('hears nothing of experimental curves, but every other warning', async () => {
    const quiet = await run(...made, '--passphrase-file', 'pass.txt', '--out', 'quiet')
    expect(quiet).toMatchObject({ code: 0, err: '' })
    const warned = await shell(
      "NODE_OPTIONS='--import=data:text/javascript,setTimeout(()=>process.emitWarning(`something-else`),300)' countersign inspect own.crt",
      cwd,
    )
    expect(warned.err).toMatch(/Warning: something-else/)
  })

  it('may give a pipe in place of a file, twice the same and slowly too', async () => {
    execFileSync('mkfifo', ['certificate', 'passphrase', 'silent'], { cwd })
    const fed = await shell(
      `cat own.crt > certificate & (sleep 0.4; cat pass.txt) > passphrase &
       countersign bundle --cert certificate --key own.key --passphrase-file passphrase --out piped.p12`,
      cwd,
    )
    expect(fed).toMatchObject({ code: 0, err: '' })
    execFileSync('openssl', ['pkcs12', '-in', 'piped.p12', '-noout', '-passin', 'file:pass.txt'], { cwd })
    const silent = InspectOut.parse((await run('inspect', 'silent', '--json')).json())
    expect(silent[0]?.problem?.code).toBe('file.empty')
  })

  it('reads links to files in a folder, and is told of a folder without any', async () => {
    mkdirSync(join(cwd, 'mounted/..data'), { recursive: true })
    mkdirSync(join(cwd, 'nothing'))
    writeFileSync(join(cwd, 'mounted/..data/tls.crt'), issue({ subject: ['CN=mounted'] }).pem)
    symlinkSync('..data/tls.crt', join(cwd, 'mounted/tls.crt'))
    const ran = await run('inspect', 'mounted', 'nothing', '--json')
    expect(InspectOut.parse(ran.json()).map(({ file, problem }) => [file, problem?.code])).toEqual([
      ['mounted/tls.crt', undefined],
      ['nothing', 'file.folder-empty'],
    ])
    expect(ran.code).toBe(1)
  })

  it('is told of standard input, and of options in place of buttons', async () => {
    const empty = await run('inspect', '-', '--json')
    expect(InspectOut.parse(empty.json())[0]).toMatchObject({
      file: '-',
      problem: { title: expect.stringContaining('standard input') },
    })
    const swapped = await run('test', 'https://localhost:1/', '--cert', 'own.crt', '--json')
    expect(swapped.json()).toMatchObject({
      verdict: { outcome: 'refused', cause: 'file.is-certificate' },
      problem: { title: '“own.crt” holds no private key, but a certificate', next: expect.stringContaining('--key') },
    })
    expect((await run('inspect', 'nowhere.crt')).out).toMatch(/Check the path/)
  })
})

describe('a pair of files', () => {
  it('is not left in half where the second cannot be written', async () => {
    mkdirSync(join(cwd, 'half/other-test.csr'), { recursive: true })
    for (const more of [[], ['--force']]) expect((await run(...made, '--out', 'half', ...more)).code).toBe(1)
    expect(readdirSync(join(cwd, 'half'))).toEqual(['other-test.csr'])
  })

  it('is refused within moments where no folder can be made', async () => {
    const ran = await run(...made, '--out', process.platform === 'linux' ? '/proc/nope' : 'own.crt/nope', '--json')
    expect(Refused.parse(ran.json()).problem.code).toBe('file.not-writable')
  })
})
