import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Finding } from '../../shared/findings.ts'
import { inspectBytes } from '../../shared/pki/inspect.ts'
import { corpusRows } from '../support/corpus.ts'

const root = join(import.meta.dirname, '../..')
const text = (path: string) => readFileSync(join(root, path), 'utf8')

/** Codes and severities as `docs/findings.md` lists them. */
const listed = new Map(
  [...text('docs/findings.md').matchAll(/^\| `([a-z0-9-]+\.[a-z0-9.-]+)` \| ([a-z, ]+) \|/gm)].map(
    ([, code, severity]) => [code!, severity!.split(', ')],
  ),
)

const areas = 'answer|bundle|certificate|crl|file|key|keystore|pair|plan|request|san|signature|subject'

/** The codes in the sources of findings; a problem’s code counts when a finding has it too, which the list must say. */
function codesInSources(): Set<string> {
  const problems = new Set(
    readdirSync(join(root, 'shared/problems')).flatMap((name) =>
      [...text(`shared/problems/${name}`).matchAll(/code: '([a-z0-9.-]+)'/g)].map(([, code]) => code),
    ),
  )
  const codes = new Set<string>()
  for (const folder of ['shared/pki', 'shared/providers']) {
    for (const name of readdirSync(join(root, folder)).filter((one) => one.endsWith('.ts'))) {
      const source = text(`${folder}/${name}`)
      if (!source.includes('severity')) continue
      for (const [, code] of source.matchAll(new RegExp(`'((?:${areas})\\.[a-z0-9-]+)'`, 'g'))) {
        if (!problems.has(code!) || listed.has(code!)) codes.add(code!)
      }
      for (const [, area, code] of source.matchAll(/`\$\{(area)\}\.([a-z0-9-]+)`/g)) {
        for (const one of area ? ['certificate', 'request', 'crl'] : []) codes.add(`${one}.${code}`)
      }
    }
  }
  const oddities = /export type FileOddity =([\s\S]*?)\n\n/.exec(text('shared/pki/file-findings.ts'))![1]!
  for (const [, oddity] of oddities.matchAll(/'([a-z0-9-]+)'/g)) codes.add(`file.${oddity}`)
  // A list has no key usage.
  codes.delete('crl.key-usage-odd')
  codes.delete('crl.key-usage-empty')
  return codes
}

it('docs/findings.md lists every code there is, and no other', () => {
  const codes = codesInSources()
  expect([...codes].filter((code) => !listed.has(code)).sort()).toEqual([])
  expect([...listed.keys()].filter((code) => !codes.has(code)).sort()).toEqual([])
  expect([...listed.keys()]).toEqual([...listed.keys()].sort())
})

it('docs/findings.md gives the severities that findings have', async () => {
  const wrong = new Set<string>()
  const check = ({ code, severity }: Finding) => {
    if (!listed.get(code)?.includes(severity)) wrong.add(`${code} ${severity}`)
  }
  for (const kind of ['certificates', 'requests', 'crls', 'keys', 'pkcs7', 'hostile']) {
    for (const { file, path } of corpusRows(kind)) {
      const objects = await inspectBytes(file, new Uint8Array(readFileSync(path)), [], new Date('2026-01-01'))
      for (const { findings } of objects) findings.forEach(check)
    }
  }
  expect([...wrong]).toEqual([])
})
