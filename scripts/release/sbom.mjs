// @ts-check
// `npm run sbom -- [FILE]`: what the app is made of, as CycloneDX JSON, from the lock file by npm itself. Electron is added
// by name: it is no dependency for npm, but the largest part of what is shipped.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { npmCommand } from '../npm.mjs'
import { run, tail } from '../run.mjs'
import { root } from '../runtime.mjs'
import { line, main, Refusal } from '../say.mjs'

await main(async () => {
  const [file = join(root, 'out', 'countersign.cdx.json')] = process.argv.slice(2)
  const [npm, before] = npmCommand(process.env)
  const args = ['sbom', '--sbom-format=cyclonedx', '--package-lock-only', '--sbom-type=application']
  const ended = await run(npm, [...before, ...args], { cwd: root, limitMs: 5 * 60_000 })
  if (ended.code !== 0) throw new Refusal('npm could not make the bill of materials', tail(ended.stderr, 5))
  const bill = JSON.parse(ended.stdout)
  const { name, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  // npm takes it from the name of the folder.
  bill.metadata.component.name = name
  keepShipped(bill, bill.metadata.component['bom-ref'])
  const version = devDependencies.electron
  const purl = `pkg:npm/electron@${version}`
  bill.components.push({
    'bom-ref': `electron@${version}`,
    type: 'framework',
    name: 'electron',
    version,
    scope: 'required',
    description: 'The runtime: Chromium and Node.js',
    purl,
    licenses: [{ license: { id: 'MIT' } }],
  })
  bill.dependencies.push({ ref: `electron@${version}`, dependsOn: [] })
  const own = bill.dependencies.find(
    (/** @type {{ ref: string }} */ { ref }) => ref === bill.metadata.component['bom-ref'],
  )
  own?.dependsOn.push(`electron@${version}`)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(bill, null, 2)}\n`)
  line(`${file}: ${bill.components.length} components`)
  return 0
})

/**
 * npm's own way to leave out what is for developing (`--omit=dev`) also leaves out what both need. The lock file knows.
 * @param {{ components: { 'bom-ref': string }[], dependencies: { ref: string, dependsOn: string[] }[] }} bill
 * @param {string} own
 */
function keepShipped(bill, own) {
  /** @type {Record<string, { name?: string, version?: string, dev?: boolean, devOptional?: boolean }>} */
  const packages = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const shipped = new Set([own])
  for (const [path, { name, version, dev, devOptional }] of Object.entries(packages)) {
    if (path !== '' && !dev && !devOptional) shipped.add(`${name ?? path.replace(/^.*node_modules\//, '')}@${version}`)
  }
  bill.components = bill.components.filter((one) => shipped.has(one['bom-ref']))
  bill.dependencies = bill.dependencies
    .filter(({ ref }) => shipped.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => shipped.has(one)) }))
}
