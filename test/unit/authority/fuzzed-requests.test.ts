import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { differencesFrom } from '../../../shared/authority/certificate-fields.ts'
import type { PlanChoice } from '../../../shared/authority/plan-row.ts'
import { planSigning, type SignPlan } from '../../../shared/authority/sign-plan.ts'
import { type Bytes, children, childrenOf, derOf, Tag, whole } from '../../../shared/pki/der.ts'
import { oidOf, visible } from '../../../shared/pki/der-values.ts'
import { pemBlocks } from '../../../shared/pki/pem.ts'
import { readRequest } from '../../../shared/pki/request.ts'
import { corpusRows } from '../../support/corpus.ts'
import { damaged, requestMaker } from '../../support/made-request.ts'
import { apataRules, ownAuthority, signingNow, signPlan } from '../../support/signing.ts'

const authority = await ownAuthority()
const maker = requestMaker()

const requests = corpusRows('requests').flatMap(({ file, path }) => {
  const bytes = new Uint8Array(readFileSync(path))
  const der = pemBlocks(new TextDecoder('latin1').decode(bytes))[0]?.der ?? bytes
  return readRequest(der) ? [{ file, der }] : []
})

/** Name and attributes of a request, to be signed again by a key that proves them. */
function partsOf(der: Bytes): { subject: Bytes; attributes: Bytes } {
  const [info] = childrenOf(derOf(der), Tag.sequence)
  const [, subject, , attributes] = children(info!)
  return { subject: whole(subject!), attributes: attributes ? whole(attributes) : new Uint8Array(0) }
}

/** Extensions of a certificate by a walk of its own, without the readers that the plan uses. */
function extensionOids(certificate: Bytes): string[] {
  const [tbs] = children(derOf(certificate))
  const list = children(tbs!).find(({ id }) => id === 0xa3)
  return list ? children(children(list)[0]!).map((entry) => oidOf(children(entry)[0]!)) : []
}

const fields = ['subject.0', 'subject.1', 'subject.2', 'subject.+CN', 'subject.+C', 'validity', 'extension.2.5.29.15']
  .concat(['extension.2.5.29.17', 'extension.2.5.29.19', 'extension.2.5.29.31', 'extension.2.5.29.37'])
  .concat(['extension.1.3.6.1.5.5.7.1.1', 'extension.2.5.29.14', 'extension.2.5.29.35', 'extension.2.5.29.30'])

const choice: fc.Arbitrary<PlanChoice> = fc.record(
  {
    field: fc.oneof(fc.constantFrom(...fields), fc.constant('extension.*')),
    choice: fc.constantFrom('take', 'drop', 'set'),
    value: fc.array(
      fc.oneof(
        fc.constantFrom('DNS:a.example', 'IP:::1', 'clientAuth', 'serverAuth', 'IE', '30', 'http://a.example/crl', ''),
        fc.string({ unit: 'binary', maxLength: 70 }),
      ),
      { maxLength: 3 },
    ),
  },
  { requiredKeys: ['field', 'choice'] },
)

/** “Any extension” becomes one that the request does ask for. */
const aimed = (choices: PlanChoice[], der: Bytes): PlanChoice[] => {
  const asked = readRequest(der)?.extensions.facts.extensions ?? []
  return choices.flatMap((one, at) => {
    if (one.field !== 'extension.*') return [one]
    const target = asked[at % (asked.length || 1)]
    return target ? [{ ...one, field: `extension.${target.oid}` }] : []
  })
}

const plan = async (der: Bytes, choices: PlanChoice[], ruled: boolean): Promise<SignPlan | null> => {
  const request = readRequest(der)
  if (!request) return null
  const rules = ruled ? { rules: apataRules } : {}
  const planned = await planSigning({ request, authority: authority.plan, choices, now: signingNow, ...rules })
  return planned.ok && planned.value.blocked === null ? planned.value : null
}

async function holdsTrue(planned: SignPlan) {
  const signed = await signPlan(planned, authority)
  expect(differencesFrom(planned.fields, signed)).toEqual([])
  const shown = planned.rows.filter(({ value }) => value.length > 0)
  const shownOids = shown.flatMap(({ field }) => /^extension\.(.+)/.exec(field)?.[1] ?? [])
  expect(extensionOids(signed).sort()).toEqual(shownOids.sort())
  const certificate = new X509Certificate(signed)
  expect(certificate.ca).toBe(false)
  expect(certificate.verify(new X509Certificate(authority.certificateDer).publicKey)).toBe(true)
  expect(new Date(certificate.validTo) <= new Date(authority.plan.certificate.facts.notAfter!)).toBe(true)
  for (const { value } of shown) for (const line of value) expect(visible(line)).toBe(line)
  // Node's own reader finds no part of the name that no row shows.
  const inRows = shown.filter(({ field }) => field.startsWith('subject.')).length
  expect((certificate.subject ?? '').split(/\n|\+/).filter(Boolean).length).toBeLessThanOrEqual(Math.max(inRows, 1) * 3)
}

describe('requests from anywhere', () => {
  it('has requests to try', () => expect(requests.length).toBeGreaterThan(25))

  it.each(requests)('issues of $file only what its plan showed', async ({ der }) => {
    const asIs = await plan(der, [], true)
    if (asIs) await holdsTrue(asIs)
    const { subject, attributes } = partsOf(der)
    const proven = maker.raw(subject, attributes)
    const taking = (readRequest(proven)?.extensions.facts.extensions ?? []).map(
      ({ oid }): PlanChoice => ({ field: `extension.${oid}`, choice: 'take' }),
    )
    for (const choices of [[], taking]) {
      const planned = await plan(proven, choices, false)
      if (planned) await holdsTrue(planned)
    }
  })

  it('issues of damaged requests, by whatever choices, only what their plans showed', async () => {
    const edits = fc.array(
      fc.record({
        at: fc.nat(4000),
        to: fc.integer({ min: 0, max: 255 }),
        how: fc.constantFrom('set', 'set', 'set', 'cut', 'twice'),
      }),
      { maxLength: 2 },
    )
    let signed = 0
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...requests),
        edits,
        edits,
        fc.array(choice, { maxLength: 3 }),
        fc.boolean(),
        async ({ der }, inName, inAttributes, choices, ruled) => {
          const { subject, attributes } = partsOf(der)
          if (attributes.length > 4000) return
          const request = maker.raw(damaged(subject, inName), damaged(attributes, inAttributes))
          const planned = await plan(request, aimed(choices, request), ruled)
          if (!planned) return
          signed++
          await holdsTrue(planned)
        },
      ),
      { numRuns: 600 },
    )
    // Damage that leaves nothing to sign would prove nothing.
    expect(signed).toBeGreaterThan(40)
  })
})
