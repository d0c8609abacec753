import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { placeIn } from '../../../shared/policy/json-places.ts'
import { Policy, policySections } from '../../../shared/policy/policy.ts'
import { isGoverned } from '../../../shared/policy/policy-state.ts'
import { readPolicyText } from '../../../shared/policy/read-policy.ts'
import { jsonFault } from '../../../shared/providers/json-fault.ts'

const docs = (name: string) => readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8')
const read = (text: string) => readPolicyText(text, '/etc/countersign/policy.json')
const faults = (text: string) =>
  read(text).faults.map(
    ({ line, column, field, why, governs }) => `${line}:${column} ${field} ${why} → ${governs.join()}`,
  )

describe('the schema', () => {
  it('in the docs is the one that is enforced', () => {
    const schema = z.toJSONSchema(Policy, { io: 'input' })
    expect(JSON.parse(docs('policy.schema.json'))).toEqual({ title: 'Countersign policy', ...schema })
  })

  it('takes the example in the docs, and the page names every key', () => {
    const page = docs('policy.md')
    const example = /```json\n([\s\S]*?)```/.exec(page)?.[1] ?? ''
    expect(read(example)).toMatchObject({ state: 'good', faults: [] })
    for (const [name, schema] of Object.entries(Policy.shape)) {
      const inner = schema instanceof z.ZodOptional ? schema.unwrap() : schema
      const keys = inner instanceof z.ZodObject ? Object.keys(inner.shape).map((key) => `${name}.${key}`) : [name]
      for (const key of keys) expect(page, key).toContain(key)
    }
    for (const section of policySections) expect(page).toContain(`| \`${section}\` |`)
  })
})

describe('a broken policy', () => {
  it.each([
    [
      '{\n  "proxy": { "by": "none" },\n  "updates": { "enabled": "no" }\n}',
      ['3:27 updates.enabled must be true or false → updates'],
    ],
    [
      '{ "passphrase": {\n "minimum": 0 } }',
      ['2:13 passphrase.minimum must be a whole number from 1 to 128 → passphrase'],
    ],
    ['{ "trust": { "roots": "all", "files": ["/a.pem"] } }', ['1:23 trust.roots must be one of “add”, “only” → trust']],
    [
      '{ "trust": { "roots": "add", "files": ["roots.pem"] } }',
      ['1:40 trust.files[0] must be an absolute path → trust'],
    ],
    [
      '{ "proxy": { "by": "address" } }',
      ['1:12 proxy.url is missing; it must be there with by “address”, and only then → proxy'],
    ],
    [
      '{ "export": { "unprotectedkeys": false } }',
      ['1:34 export.unprotectedkeys is not known here; did you mean “unprotectedKeys” → export'],
    ],
    ['{ "telemetry": true }', ['1:16 telemetry must be false → ']],
  ])('names line, column and field of %s', (text, expected) => {
    expect(faults(text)).toEqual(expected)
  })

  it('keeps its sound sections in force', () => {
    const state = read('{ "proxy": { "by": "none" }, "updates": 1, "passphrase": { "minimum": 12 } }')
    expect(state.state).toBe('broken')
    expect(state.policy).toEqual({ proxy: { by: 'none' }, passphrase: { minimum: 12 } })
    expect(policySections.filter((section) => isGoverned(state, section))).toEqual(['proxy', 'updates', 'passphrase'])
  })

  it.each([
    ['', undefined],
    ['{ "proxy": { "by": "none" }', 1],
    ['{\n "a": 1,\n "prox": {} }', 2],
    ['[]', 1],
    ['{ "updates": {}, "updates": {} }', 1],
  ])('that cannot be known governs everything: %s', (text, line) => {
    const [fault, ...more] = read(text).faults
    expect(fault?.governs).toEqual([...policySections])
    expect(fault?.line).toBe(line)
    expect(more.every(({ governs }) => governs.length > 0)).toBe(true)
  })

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.object().map((one) => JSON.stringify(one)),
        ),
        (text) => {
          expect(['good', 'broken']).toContain(read(text).state)
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('a place in JSON', () => {
  it('is where the value begins, whatever stands before it', () => {
    const keys = fc.array(fc.oneof(fc.string(), fc.constantFrom('a', 'b')), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(keys, fc.json(), fc.json(), (path, value, before) => {
        const unique = path.filter((key) => key !== '__proto__')
        const inner = unique.reduceRight((text, key) => `{"~":${before},\n ${JSON.stringify(key)}: ${text}}`, value)
        if (unique.includes('~') || jsonFault(inner)) return
        const { line, column } = placeIn(inner, unique)
        const at =
          inner
            .split('\n')
            .slice(0, line - 1)
            .join('\n').length +
          (line > 1 ? 1 : 0) +
          column -
          1
        expect(inner.slice(at).trimStart().startsWith(value.trimStart().slice(0, 20))).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})
