import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { ask, makeIdentity } from './desk.ts'
import { makeAuthority } from './provider.ts'

const day = 86_400_000
const scene = [
  {
    name: 'Acme live',
    provider: 'payrails',
    environment: 'live',
    answers: { company: 'acme' },
    key: 'rsa-4096',
    subject: { C: 'DE', ST: 'Berlin', O: 'Acme GmbH' },
    since: 300,
    days: 3650,
  },
  {
    name: 'Acme sandbox',
    provider: 'truv',
    environment: 'sandbox',
    answers: { name: 'acme' },
    key: 'ec-p256',
    subject: {},
    since: 344,
    days: 365,
  },
  {
    name: 'Card authentication',
    provider: 'apata',
    environment: 'live',
    answers: { host: 'api.apata.io' },
    key: 'rsa-2048',
    subject: { C: 'IE', O: 'Acme Bank plc' },
    since: 120,
    days: 365,
  },
  {
    name: 'Old production',
    provider: 'truv',
    environment: 'production',
    answers: { name: 'acme' },
    key: 'ec-p256',
    subject: {},
    since: 372,
    days: 365,
  },
  {
    name: 'Settlement files',
    provider: 'truv',
    environment: 'production',
    answers: { name: 'acme' },
    key: 'ec-p256',
    subject: {},
    since: 200,
    days: 365,
  },
] as const

/** Identities of several providers in all states; answers their handles. */
export async function makeScene(page: Page): Promise<string[]> {
  const authority = await makeAuthority(new Date(Date.now() - 600 * day))
  const handles: string[] = []
  for (const { since, days, ...plan } of scene) {
    const { handle, requestPem } = await makeIdentity(page, {
      ...plan,
      answers: { ...plan.answers },
      subject: { ...plan.subject },
    })
    const { pem } = await authority.sign(requestPem, { days, now: new Date(Date.now() - since * day) })
    const source = { from: 'text', text: pem + authority.caPem } as const
    const first = await ask(page, 'attachCertificate', { identity: handle, source, despite: [] })
    if (first.outcome === 'flagged') {
      const despite = first.findings.map((finding) => finding.code)
      await ask(page, 'attachCertificate', { identity: handle, source, despite })
    }
    handles.push(handle)
  }
  return handles
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex')

/**
 * A thousand watched servers, as the history keeps them after their last test, with ends over ten years: put into the
 * folder of an app that is not running, because making as many identities would take minutes.
 */
export function writeThousand(userData: string, identities: readonly string[]): void {
  const folder = join(userData, 'history')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const at = new Date().toISOString()
  const inDays = (days: number) => new Date(Date.now() + days * day).toISOString()
  for (let i = 0; i < 1000; i++) {
    const host = `api-${i}.example.com`
    const id = digest(host).slice(0, 24)
    const notAfter = inDays(1 + ((i * 37) % 3650))
    const leaf = {
      subject: `CN=${host}`,
      issuer: 'CN=Example CA',
      notBefore: inDays(-30),
      notAfter,
      sha256: digest(`${i}`),
      spkiSha256: digest(`key ${i}`),
    }
    const file = {
      format: 1,
      id,
      identity: identities[i % identities.length],
      identityName: scene[i % scene.length]?.name,
      url: `https://${host}/`,
      host,
      port: 443,
      method: 'GET',
      trust: 'system',
      watched: true,
      serverSha256: leaf.sha256,
      serverNotAfter: notAfter,
      server: { seenAt: at, chain: [leaf] },
      lines: [
        {
          id: digest(`line ${i}`).slice(0, 24),
          endpoint: id,
          at,
          outcome: 'accepted',
          cause: 'ok',
          title: 'Accepted',
          durationMs: 80,
          by: 'watch',
        },
      ],
    }
    writeFileSync(join(folder, `${id}.json`), JSON.stringify(file), { mode: 0o600 })
  }
}
