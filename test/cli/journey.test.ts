import { execFileSync } from 'node:child_process'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { AttachOut, BundleOut, PracticeOut, RequestOut, SelfSignOut, TestOut } from '../../electron/cli/output.ts'
import { countersign, practise } from '../support/cli.ts'
import { closeAll, scratchFolder } from '../support/test-servers.ts'

afterAll(closeAll)

const openssl = (args: string[], cwd: string) =>
  execFileSync('openssl', args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] }).toString()
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)

type Journey = { provider: string; environment: string; set: string[]; path: string; subject: string }

const journeys: Journey[] = [
  {
    provider: 'truv',
    environment: 'sandbox',
    set: ['name=acme'],
    path: '/v1/orders/',
    subject: 'CN=api-mtls.acme.truv.com,O=Truv Inc,L=Miami,ST=Florida,C=US',
  },
  {
    provider: 'payrails',
    environment: 'live',
    set: ['company=acme', 'C=DE', 'ST=Berlin', 'O=Acme GmbH'],
    path: '/auth/token/me',
    subject: 'CN=api.acme.payrails.io,O=Acme GmbH,ST=Berlin,C=DE',
  },
  {
    provider: 'apata',
    environment: 'live',
    set: ['C=IE', 'O=Zürich Pay', 'host=api.apata.io'],
    path: '/',
    subject: 'CN=api.apata.io,O=Z\\C3\\BCrich Pay,C=IE',
  },
]

describe.each(journeys)('the journey at $provider', ({ provider, environment, set, path, subject }) => {
  it('goes from nothing to an accepted call and a bundle', async () => {
    const cwd = scratchFolder()
    writeFileSync(join(cwd, 'pass.txt'), 'correct horse\n')
    const at = ['--provider', provider, '--environment', environment]
    const answers = set.flatMap((answer) => ['--set', answer])
    const environments = await countersign(['providers', provider, '--json'], { cwd })
    const profile = environments.json() as { environments: { id: string }[] }
    const env = profile.environments.some(({ id }) => id === environment) ? at : [at[0] ?? '', provider]
    const made = await countersign(
      ['request', ...env, ...answers, '--name', 'acme', '--out', 'a', '--passphrase-file', 'pass.txt', '--json'],
      { cwd },
    )
    expect(made.err).toBe('')
    const request = RequestOut.parse(made.json())
    expect(request.subject).toBe(subject)
    expect(
      openssl(['req', '-in', 'a/acme.csr', '-verify', '-noout', '-subject', '-nameopt', 'RFC2253'], cwd),
    ).toContain(subject)
    expect(mode(join(cwd, 'a/acme.key'))).toBe('600')
    expect(readFileSync(join(cwd, 'a/acme.key'), 'utf8')).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----/)
    openssl(['pkey', '-in', 'a/acme.key', '-passin', 'pass:correct horse', '-check', '-noout'], cwd)

    const practice = await practise([...env, '--request', 'a/acme.csr', '--out', 'back'], cwd)
    try {
      const ready = PracticeOut.parse(practice.ready)
      const attached = await countersign(
        ['attach', '--request', 'a/acme.csr', ...env, ready.certificateFile ?? '', '--json'],
        { cwd },
      )
      expect(AttachOut.parse(attached.json())).toMatchObject({ belongsTo: 'a/acme.csr', facts: { subject } })
      const material = [
        '--cert',
        'a/acme.crt',
        '--key',
        'a/acme.key',
        '--passphrase-file',
        'pass.txt',
        '--ca',
        ready.caFile,
      ]
      const call = firstCall(provider)
      const tested = await countersign(['test', `${ready.apiUrl}${path}`, ...material, ...call, '--json'], { cwd })
      const test = TestOut.parse(tested.json())
      expect(test.verdict).toMatchObject({ outcome: 'accepted', cause: 'ok' })
      expect(test).toMatchObject({ certificateAsked: true, certificateSent: true })
      expect(tested.code).toBe(0)

      const without = await countersign(
        ['test', `${ready.apiUrl}${path}`, '--no-cert', '--ca', ready.caFile, '--json'],
        { cwd },
      )
      expect(without.code).toBe(1)
      expect(TestOut.parse(without.json()).verdict).toMatchObject({ outcome: 'refused', cause: 'client.none-sent' })

      const bundled = await countersign(
        [
          'bundle',
          '--cert',
          'a/acme.crt',
          '--chain',
          'a/acme.chain.pem',
          '--key',
          'a/acme.key',
          '--out',
          'a/acme.p12',
          '--passphrase-file',
          'pass.txt',
          '--json',
        ],
        { cwd },
      )
      expect(BundleOut.parse(bundled.json())).toMatchObject({ readers: 'modern', missingIssuer: null })
      const inBundle = openssl(
        ['pkcs12', '-in', 'a/acme.p12', '-passin', 'pass:correct horse', '-nokeys', '-clcerts'],
        cwd,
      )
      writeFileSync(join(cwd, 'inside.crt'), inBundle)
      expect(openssl(['x509', '-in', 'inside.crt', '-noout', '-subject', '-nameopt', 'RFC2253'], cwd)).toContain(
        subject,
      )
      const asBundle = await countersign(
        [
          'test',
          `${ready.apiUrl}${path}`,
          '--cert',
          'a/acme.p12',
          '--passphrase-file',
          'pass.txt',
          '--ca',
          ready.caFile,
          ...call,
        ],
        { cwd },
      )
      expect(asBundle.code).toBe(0)
      expect(asBundle.out).toContain('Your certificate was accepted: HTTP 200')
    } finally {
      expect((await practice.stop()).code).toBe(0)
    }
  })
})

/** The methods and headers of the providers' first calls. */
function firstCall(provider: string): string[] {
  if (provider === 'payrails')
    return ['--method', 'POST', '--header', 'x-api-key: k', '--header', 'accept: application/json']
  if (provider === 'apata') return ['--data', '{}', '--header', 'content-type: application/json']
  return ['--header', 'X-Access-Client-Id: i', '--header', 'X-Access-Secret: s']
}

describe('the journey at nuapay', () => {
  it('signs itself, registers, and is let in; without registering it is refused', async () => {
    const cwd = scratchFolder()
    const who = ['--set', 'O=Acme', '--set', 'CN=acme.example.com', '--days', '365']
    const at = ['--provider', 'nuapay', '--environment', 'sandbox']
    const made = await countersign(['self-sign', ...at, ...who, '--name', 'acme', '--out', '.', '--json'], { cwd })
    expect(made.code).toBe(0)
    expect(SelfSignOut.parse(made.json())).toMatchObject({ keyEncrypted: false, subject: 'CN=acme.example.com,O=Acme' })
    expect(made.err).toMatch(/without a passphrase/)
    const other = await countersign(['self-sign', ...at, ...who, '--name', 'other', '--out', '.'], { cwd })
    expect(other.code).toBe(0)
    const shown = openssl(['x509', '-in', 'acme.crt', '-noout', '-text'], cwd)
    expect(shown).toMatch(/Version: 3[\s\S]*TLS Web Client Authentication/)

    const practice = await practise([...at, '--request', 'acme.crt', '--out', 'back'], cwd)
    try {
      const call = (name: string) =>
        countersign(
          [
            'test',
            `${practice.ready.apiUrl}/`,
            '--cert',
            `${name}.crt`,
            '--key',
            `${name}.key`,
            '--ca',
            practice.ready.caFile ?? '',
            '--provider',
            'nuapay',
            '--json',
          ],
          { cwd },
        )
      expect(TestOut.parse((await call('acme')).json()).verdict.outcome).toBe('accepted')
      const refused = await call('other')
      expect(refused.code).toBe(1)
      const { verdict, http } = TestOut.parse(refused.json())
      expect(http?.status).toBe(403)
      expect(verdict).toMatchObject({ outcome: 'refused', cause: 'http.refused' })
      expect(verdict.causes[0]?.because).toContain('Nuapay documents this')
    } finally {
      await practice.stop()
    }
  })
})
