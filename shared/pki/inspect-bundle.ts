import type { Problem } from '../problems.ts'
import type { Budget } from './budget.ts'
import { newBudget } from './budget.ts'
import { contentFindings, protectionFindings } from './bundle-findings.ts'
import type { Bytes } from './der.ts'
import { visible } from './der-values.ts'
import type { Draft, InspectHow } from './drafts.ts'
import { certificateDraft, crlDraft, damaged } from './drafts.ts'
import type { Facts } from './facts.ts'
import { maxPassphrases } from './inspect-key.ts'
import { keyFindings } from './key-findings.ts'
import { openPrivateKey } from './pkcs8.ts'
import { describePkcs12, openPkcs12, readClearPkcs12 } from './pkcs12.ts'

/** Nobody asked for the empty passphrase to be tried: it may cost no more than a glance. */
const unaskedMs = 600

/**
 * A PKCS#12 as an object with its contents. The empty passphrase is tried by itself, after those given. Locked, it has
 * no problem but the finding `bundle.locked`, and no count of what is inside.
 */
export async function readBundle(bytes: Bytes, name: string, how: InspectHow): Promise<Draft> {
  const described = describePkcs12(bytes)
  if (!described) return damaged('pkcs12', name)
  const passphrases = how.passphrases.slice(0, maxPassphrases).filter((passphrase) => passphrase !== '')
  let problem: Problem | undefined
  for (const passphrase of passphrases) {
    const opened = await openPkcs12(bytes, passphrase, name)
    if (opened.ok) return openedBundle(opened.value, passphrase, name, how)
    problem = opened.problem
    if (problem.code !== 'key.passphrase-wrong') break
  }
  if (!problem || problem.code === 'key.passphrase-wrong') {
    const glance = glanceAt()
    const opened = await openPkcs12(bytes, '', name, glance)
    if (opened.ok) return openedBundle(opened.value, '', name, how)
    const clear = described.encrypted === false ? await readClearPkcs12(bytes) : null
    if (clear) return openedBundle(clear, null, name, how)
    problem ??= glance.stopped() ? { code: 'key.passphrase-wrong', name } : opened.problem
  }
  const facts: Facts = { ...described, bytes: bytes.length }
  const findings = protectionFindings(facts)
  if (problem.code === 'key.passphrase-wrong' && passphrases.length === 0) {
    const message = 'The bundle is locked: its passphrase shows what is inside.'
    findings.push({ code: 'bundle.locked', severity: 'notes', message })
    return { kind: 'pkcs12', facts, findings }
  }
  return { kind: 'pkcs12', facts, findings, problem }
}

/** Stops a trial that would take longer than a glance, and tells whether it could be afforded when asked for. */
function glanceAt(): Budget & { stopped: () => boolean } {
  const whole = newBudget()
  let spent = 0
  let stopped = false
  return {
    spend(milliseconds) {
      spent += milliseconds
      stopped = spent > unaskedMs && whole.spend(spent)
      return spent <= unaskedMs
    },
    stopped: () => stopped,
  }
}

type Opened = Extract<Awaited<ReturnType<typeof openPkcs12>>, { ok: true }>['value']

async function openedBundle(opened: Opened, passphrase: string | null, name: string, how: InspectHow): Promise<Draft> {
  const contents: Draft[] = []
  for (const key of opened.keys) contents.push(await keyInside(key.pkcs8, key, name))
  for (const one of opened.certificates) {
    const draft = certificateDraft(one.der, one.friendlyName) ?? damaged('certificate', name)
    if (one.localKeyId !== undefined) draft.facts.localKeyId = one.localKeyId.slice(0, 128)
    contents.push(draft)
  }
  for (const one of opened.crls) contents.push(crlDraft(one, how.today) ?? damaged('crl', name))
  const facts: Facts = {
    ...opened.facts,
    certificates: opened.certificates.length,
    keys: opened.keys.length,
    crls: opened.crls.length,
  }
  const findings = [...protectionFindings(facts), ...contentFindings(facts, passphrase, opened.secrets)]
  return { kind: 'pkcs12', facts, findings, contents }
}

/** A key that lies in a container in the clear, once that is open: public facts. */
export async function keyInside(
  pkcs8: Bytes,
  { friendlyName, localKeyId }: { friendlyName?: string; localKeyId?: string },
  name: string,
): Promise<Draft> {
  const opened = await openPrivateKey(pkcs8, undefined, name)
  if (!opened.ok) return { ...damaged('private-key', name), problem: opened.problem }
  const facts: Facts = {
    ...opened.value.facts,
    ...(friendlyName !== undefined && { friendlyName: visible(friendlyName) }),
    ...(localKeyId !== undefined && { localKeyId: localKeyId.slice(0, 128) }),
  }
  // Whether it lies in the clear is said of the container.
  delete facts.encrypted
  return { kind: 'private-key', facts, findings: keyFindings(facts, opened.value.spki) }
}
