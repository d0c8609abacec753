import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PracticeServer } from '../../electron/practice/practice-server.ts'
import { createPracticeAuthority, startPractice } from '../../electron/practice/practice-server.ts'
import type { Bytes } from '../../shared/pki/der.ts'
import { generateKey } from '../../shared/pki/keys.ts'
import { toPem } from '../../shared/pki/pem.ts'
import { buildRequest, selfSign } from '../../shared/pki/x509.ts'
import type { CheckedPlan } from '../../shared/providers/conformance.ts'
import { firstCallOf, sansOf, subjectOf } from '../../shared/providers/plan.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import { fillKnown } from '../../shared/providers/template.ts'

export type Caller = { pkcs8: Bytes; keyPem: string; requestPem: string; plan: CheckedPlan; profile: Profile }

/** Key and request, as the wizard makes them from a plan. */
export async function newCaller(profile: Profile, plan: CheckedPlan): Promise<Caller> {
  const { pkcs8 } = await generateKey(plan.key)
  const subject = subjectOf(profile, plan)
  const { pem } = await buildRequest({ pkcs8, key: plan.key, subject, subjectAltNames: sansOf(plan) })
  return { pkcs8, keyPem: toPem('PRIVATE KEY', pkcs8), requestPem: pem, plan, profile }
}

export async function selfSigned({ profile, plan, pkcs8 }: Caller, days = 365, now = new Date()): Promise<string> {
  const subject = subjectOf(profile, plan)
  return (await selfSign({ pkcs8, key: plan.key, subject, subjectAltNames: sansOf(plan), days, now })).pem
}

/** What this caller hands in: its certificate where the provider wants one, else its request. */
export const handIn = (caller: Caller): Promise<string> | string =>
  caller.profile.signing.by === 'self' ? selfSigned(caller) : caller.requestPem

export const startFor = async (profile: Profile, environment: string): Promise<PracticeServer> =>
  startPractice({ profile, environment, authority: await createPracticeAuthority(profile, new Date()) })

export type Reply = { status: number; json: Record<string, unknown>; text: string; headers: Record<string, unknown> }

/** One HTTPS call on a connection of its own. Rejects with the connection's error. */
export function call(
  url: string,
  how: {
    ca: string
    cert?: string
    key?: string
    method?: string
    headers?: Record<string, string>
    body?: string | Buffer
  },
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const { ca, cert, key, method = 'GET', headers = {}, body } = how
    const asked = request(url, { ca, cert, key, method, headers, agent: false }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('error', reject)
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString('utf8')
        const isJson = /json/.test(answer.headers['content-type'] ?? '') && text !== ''
        resolve({
          status: answer.statusCode!,
          json: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
          text,
          headers: answer.headers,
        })
      })
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

/** The provider's first call against the practice server, every blank filled. */
export function firstCall(server: PracticeServer, caller: Caller, certificate?: string, without: string[] = []) {
  const plan = firstCallOf(caller.profile, caller.plan.environment, caller.plan.answers, server.state.apiUrl)!
  const blanks = Object.fromEntries(plan.blanks.map((blank) => [blank.id, 'practice-value']))
  return call(fillKnown(plan.url, blanks), {
    ca: server.state.serverCaPem,
    cert: certificate,
    key: certificate === undefined ? undefined : caller.keyPem,
    method: plan.method,
    headers: Object.fromEntries(
      plan.headers
        .filter(({ name }) => !without.includes(name))
        .map(({ name, value }) => [name, fillKnown(value, blanks)]),
    ),
    body: plan.body,
  })
}

/** Runs curl with files of the given names; answers status and body, or curl's exit code. */
export async function curl(files: Record<string, string>, args: (at: (name: string) => string) => string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'practice-curl-'))
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, { mode: 0o600 })
    return await new Promise<{ exit: number; status: number; body: string; error: string }>((resolve) => {
      const line = ['-sS', '-m', '20', '-w', '\n%{http_code}', ...args((name) => join(folder, name))]
      execFile('curl', line, (error, stdout, stderr) => {
        const cut = stdout.lastIndexOf('\n')
        const exit = error === null ? 0 : Number(error.code)
        resolve({ exit, status: Number(stdout.slice(cut + 1)), body: stdout.slice(0, cut), error: stderr })
      })
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
