import type { Finding } from '../findings.ts'
import type { Problem } from '../problems.ts'
import type { Bytes } from './der.ts'
import { visible } from './der-values.ts'
import type { Draft, InspectHow } from './drafts.ts'
import { certificateDraft, crlDraft, damaged } from './drafts.ts'
import type { Facts } from './facts.ts'
import { maxPassphrases } from './inspect-key.ts'
import { publicKeyFindings } from './key-findings.ts'
import { openPrivateKey } from './pkcs8.ts'
import { describePkcs12, openPkcs12 } from './pkcs12.ts'

/**
 * A PKCS#12 as an object with its contents. The empty passphrase is tried by itself. Locked, it has no problem but the
 * finding `bundle.locked`, and no count of what is inside.
 */
export async function readBundle(bytes: Bytes, name: string, how: InspectHow): Promise<Draft> {
  const described = describePkcs12(bytes)
  if (!described) return damaged('pkcs12', name)
  const passphrases = how.passphrases.slice(0, maxPassphrases)
  let problem: Problem | undefined
  for (const passphrase of ['', ...passphrases]) {
    const opened = await openPkcs12(bytes, passphrase, name)
    if (opened.ok) return openedBundle(opened.value, passphrase, name, how)
    problem = opened.problem
    if (problem.code !== 'key.passphrase-wrong' && problem.code !== 'key.passphrase-needed') break
  }
  const locked = problem?.code === 'key.passphrase-wrong' || problem?.code === 'key.passphrase-needed'
  const facts: Facts = { ...described, bytes: bytes.length }
  if (locked && passphrases.length === 0) {
    const message = 'The bundle is locked: its passphrase shows what is inside.'
    return { kind: 'pkcs12', facts, findings: [{ code: 'bundle.locked', severity: 'notes', message }] }
  }
  return { kind: 'pkcs12', facts, findings: [], problem }
}

type Opened = Extract<Awaited<ReturnType<typeof openPkcs12>>, { ok: true }>['value']

async function openedBundle(opened: Opened, passphrase: string, name: string, how: InspectHow): Promise<Draft> {
  const contents: Draft[] = []
  for (const key of opened.keys) contents.push(await keyInside(key.pkcs8, key.friendlyName, name))
  for (const one of opened.certificates) {
    contents.push(certificateDraft(one.der, one.friendlyName) ?? damaged('certificate', name))
  }
  for (const one of opened.crls) contents.push(crlDraft(one, how.today) ?? damaged('crl', name))
  const facts: Facts = {
    ...opened.facts,
    certificates: opened.certificates.length,
    keys: opened.keys.length,
    crls: opened.crls.length,
  }
  return { kind: 'pkcs12', facts, findings: bundleFindings(facts, passphrase), contents }
}

/** A key that lies in a container in the clear, once that is open: public facts. */
export async function keyInside(pkcs8: Bytes, friendlyName: string | undefined, name: string): Promise<Draft> {
  const opened = await openPrivateKey(pkcs8, undefined, name)
  if (!opened.ok) return { ...damaged('private-key', name), problem: opened.problem }
  const facts: Facts = {
    ...opened.value.facts,
    ...(friendlyName !== undefined && { friendlyName: visible(friendlyName) }),
  }
  // Whether it lies in the clear is said of the bundle.
  delete facts.encrypted
  return { kind: 'private-key', facts, findings: publicKeyFindings(facts) }
}

function bundleFindings(facts: Facts, passphrase: string): Finding[] {
  const found: Finding[] = []
  if (passphrase === '' && (facts.keys ?? 0) > 0) {
    found.push({
      code: 'bundle.passphrase-empty',
      severity: 'warns',
      message: 'The bundle opens with an empty passphrase: whoever copies the file has the key.',
      next: 'Export it again with a passphrase.',
    })
  }
  if (facts.keys === 0) {
    const message = 'The bundle holds no private key: it can be trusted, but not used to call.'
    found.push({ code: 'bundle.no-key', severity: 'notes', message })
  }
  return found
}
