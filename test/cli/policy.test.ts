import { chmodSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Refused } from '../../electron/cli/output.ts'
import { PolicyOut } from '../../electron/cli/output-policy.ts'
import { countersign } from '../support/cli.ts'
import { closeAll, scratchFolder } from '../support/test-servers.ts'

let cwd: string
beforeAll(() => {
  cwd = scratchFolder()
  writeFileSync(join(cwd, 'short.txt'), 'short\n')
  writeFileSync(join(cwd, 'long.txt'), 'four plain words together\n')
})
afterAll(closeAll)

function under(policy: string) {
  const file = join(mkdtempSync(join(cwd, 'policy-')), 'policy.json')
  writeFileSync(file, policy)
  chmodSync(file, 0o644)
  return {
    file,
    run: (...args: string[]) => countersign([...args, '--json'], { cwd, env: { COUNTERSIGN_POLICY: file } }),
  }
}
const codeOf = (json: unknown) => Refused.parse(json).problem.code
const request = ['request', '--environment', 'test', '--set', 'CN=own', '--key', 'ed25519', '--out', 'made']

describe('a command under a policy', () => {
  it('writes no key in the clear, nor under a short passphrase', async () => {
    const { run } = under('{ "export": { "unprotectedKeys": false }, "passphrase": { "minimum": 12 } }')
    const ask = (...more: string[]) => run(...request, '--provider', 'other', ...more)
    expect(codeOf((await ask()).json())).toBe('policy.key-unprotected')
    expect(codeOf((await ask('--passphrase-file', 'short.txt')).json())).toBe('policy.passphrase-short')
    expect(readdirSync(cwd)).not.toContain('made')
    expect((await ask('--passphrase-file', 'long.txt')).code).toBe(0)
    const key = readdirSync(join(cwd, 'made')).find((name) => name.endsWith('.key')) ?? ''
    const convert = ['convert', join('made', key), '--passphrase-file', 'long.txt', '--to', 'pkcs8', '--out', 'k.pem']
    expect(codeOf((await run(...convert, '--key-unencrypted')).json())).toBe('policy.key-unprotected')
    expect(readdirSync(cwd)).not.toContain('k.pem')
    expect((await run(...convert, '--passphrase-out-file', 'long.txt')).code).toBe(0)
  })

  it('knows the providers that are allowed, goes no other way, trusts nobody else', async () => {
    const { run } = under('{ "providers": { "allow": ["truv"] }, "proxy": { "by": "none" } }')
    expect((await run('providers')).json()).toMatchObject([{ id: 'truv' }])
    expect(codeOf((await run(...request, '--provider', 'other')).json())).toBe('policy.provider-not-allowed')
    const test = await run('test', 'https://localhost:9/', '--proxy', 'http://localhost:9')
    expect(test.json()).toMatchObject({ problem: { code: 'policy.managed' } })
  })

  it('names the line that is wrong, and does nothing that the broken part governs', async () => {
    const { run, file } = under('{\n  "passphrase": { "minimum": 12 },\n  "trust": { "roots": "any", "files": [] }\n}')
    const shown = await run('policy')
    expect(shown.code).toBe(1)
    expect(PolicyOut.parse(shown.json())).toMatchObject({
      state: 'broken',
      file,
      policy: { passphrase: { minimum: 12 } },
      faults: [{ line: 3, governs: ['trust'] }],
    })
    const test = await run('test', 'https://localhost:9/')
    expect(codeOf(test.json())).toBe('policy.broken')
    expect(test.err).toContain('line 3')
    expect((await run('providers')).code).toBe(0)
    chmodSync(file, 0o666)
    expect((await run('policy')).json()).toMatchObject({ faults: [{ field: 'the file' }] })
  })
})
