import { execFileSync, spawnSync } from 'node:child_process'
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { howInstalled } from '../../electron/updates/update-build.ts'
import { feedArguments, updateFeed, writeUpdateConfig } from '../../scripts/package/update-feed.mjs'

const root = join(import.meta.dirname, '../..')
const require = createRequire(import.meta.url)
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const script = (name: string, args: string[], env: Record<string, string> = {}) =>
  spawnSync(process.execPath, [join(root, 'scripts/release', name), ...args], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '', HOME: folder, ...env },
  })

/** As `feed-key.mjs` prints them. */
function pair() {
  const [, publicKey = '', , privateKey = ''] = script('feed-key.mjs', []).stdout.trim().split('\n')
  return { COUNTERSIGN_FEED_KEY: publicKey.trim(), COUNTERSIGN_FEED_PRIVATE_KEY: privateKey.trim() }
}

describe('the bill of materials', () => {
  it('is CycloneDX, names every package of the app once, with Electron, and nothing that is for developing', () => {
    const file = join(folder, 'bom.json')
    expect(script('sbom.mjs', [file]).stderr).toBe('')
    const bill = JSON.parse(readFileSync(file, 'utf8'))
    const schemas = join(root, 'node_modules/@cyclonedx/cyclonedx-library/res/schema')
    const schema = (name: string) => JSON.parse(readFileSync(join(schemas, name), 'utf8'))
    const Ajv = require('ajv').default
    const ajv = new Ajv({ strict: false, validateFormats: true })
    require('ajv-formats').default(ajv)
    ajv.addFormat('iri-reference', true)
    ajv.addSchema(schema('spdx.SNAPSHOT.schema.json'), 'http://cyclonedx.org/schema/spdx.SNAPSHOT.schema.json')
    ajv.addSchema(schema('jsf-0.82.SNAPSHOT.schema.json'), 'http://cyclonedx.org/schema/jsf-0.82.SNAPSHOT.schema.json')
    const valid = ajv.compile(schema(`bom-${bill.specVersion}.SNAPSHOT.schema.json`))
    expect(valid(bill) || valid.errors).toBe(true)
    const names: string[] = bill.components.map((one: { name: string }) => one.name)
    expect(new Set(bill.components.map((one: Record<string, string>) => one['bom-ref'])).size).toBe(names.length)
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    for (const name of [...Object.keys(dependencies), 'electron', 'js-yaml']) expect(names).toContain(name)
    const developing = ['vitest', 'playwright', 'electron-builder', 'typescript']
    for (const name of developing) expect(names).not.toContain(name)
    expect(Object.keys(devDependencies)).toEqual(expect.arrayContaining(developing))
    expect(bill.metadata.component).toMatchObject({ name: 'countersign', type: 'application' })
  }, 60_000)
})

describe('the checksums', () => {
  it('are what sha256sum checks, of every file but themselves', () => {
    const dist = join(folder, 'sums')
    mkdirSync(dist)
    writeFileSync(join(dist, 'b.AppImage'), 'b')
    writeFileSync(join(dist, 'a.deb'), 'a')
    expect(script('checksums.mjs', [dist]).status).toBe(0)
    expect(script('checksums.mjs', [dist]).stdout).toContain('2 files')
    expect(execFileSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: dist, encoding: 'utf8' })).toBe(
      'a.deb: OK\nb.AppImage: OK\n',
    )
    mkdirSync(join(folder, 'none'))
    expect(script('checksums.mjs', [join(folder, 'none')]).status).not.toBe(0)
  })
})

describe('the signature of the feed', () => {
  it('is one of its very octets, by the key that goes into the builds', () => {
    const dist = join(folder, 'feed')
    mkdirSync(dist)
    writeFileSync(join(dist, 'latest-linux.yml'), 'version: 1.2.3\n')
    writeFileSync(join(dist, 'latest.yml'), 'version: 1.2.3\r\n')
    const keys = pair()
    expect(script('sign-feed.mjs', [dist], keys).status).toBe(0)
    const spki = Buffer.from(keys.COUNTERSIGN_FEED_KEY, 'base64')
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' })
    for (const name of ['latest-linux.yml', 'latest.yml']) {
      const signature = Buffer.from(readFileSync(join(dist, `${name}.sig`), 'utf8'), 'base64')
      expect(verify(null, readFileSync(join(dist, name)), key, signature)).toBe(true)
    }
  })

  it('is not given to a file that is for trying, unless that is what is tried', () => {
    const dist = join(folder, 'trying')
    mkdirSync(dist)
    writeFileSync(
      join(dist, 'latest-linux.yml'),
      'version: 1.2.3\npath: Countersign-1.2.3-x86_64-for-trying.AppImage\n',
    )
    const keys = pair()
    expect(script('sign-feed.mjs', [dist], keys).stderr).toContain('for trying')
    expect(existsSync(join(dist, 'latest-linux.yml.sig'))).toBe(false)
    expect(script('sign-feed.mjs', [dist, '--for-trying'], keys).status).toBe(0)
    expect(existsSync(join(dist, 'latest-linux.yml.sig'))).toBe(true)
  })

  it('is refused where the halves do not fit or there is nothing to sign, without a word of the secret', () => {
    const [one, other] = [pair(), pair()]
    const mixed = { ...one, COUNTERSIGN_FEED_PRIVATE_KEY: other.COUNTERSIGN_FEED_PRIVATE_KEY }
    const dist = join(folder, 'feed')
    for (const env of [mixed, { ...one, COUNTERSIGN_FEED_PRIVATE_KEY: 'eA==' }, { COUNTERSIGN_FEED_KEY: '' }]) {
      const ran = script('sign-feed.mjs', [dist], env)
      expect(ran.status).not.toBe(0)
      expect(ran.stdout + ran.stderr).not.toContain(other.COUNTERSIGN_FEED_PRIVATE_KEY)
    }
    expect(script('sign-feed.mjs', [join(folder, 'none')], one).status).not.toBe(0)
  })
})

describe('a build', () => {
  const key = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
  const env = { COUNTERSIGN_FEED_URL: 'https://updates.acme.example/countersign', COUNTERSIGN_FEED_KEY: key }

  it('without an address of its own looks for no updates; half of it is refused', () => {
    expect(updateFeed({})).toBeNull()
    expect(feedArguments(null)).toEqual([])
    expect(() => updateFeed({ ...env, COUNTERSIGN_FEED_KEY: '' })).toThrow('COUNTERSIGN_FEED_KEY')
    expect(() => updateFeed({ ...env, COUNTERSIGN_FEED_URL: 'http://x/' })).toThrow('https')
  })

  it('carries what the app then finds again', () => {
    const resources = join(folder, 'resources')
    mkdirSync(resources)
    const feed = updateFeed({ ...env, COUNTERSIGN_PUBLISHER: 'Acme "Ltd"' })
    writeUpdateConfig(resources, feed)
    const updateKey = feedArguments(feed)
      .find((one) => one.includes('updateKey'))
      ?.split('updateKey=')[1]
    writeFileSync(join(resources, 'package.json'), JSON.stringify({ updateKey }))
    const here = { platform: 'darwin' as const, env: {}, resources, appFolder: resources, packed: true }
    expect(howInstalled(here)).toMatchObject({ from: 'feed', build: { feed: env.COUNTERSIGN_FEED_URL } })
  })
})
