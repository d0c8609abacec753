import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Reader } from '../../electron/reader-client.ts'
import { createReader } from '../../electron/reader-client.ts'
import { InspectedObject } from '../../shared/pki/facts.ts'
import { inspectAll } from '../../shared/pki/inspect.ts'
import { builtReader } from '../support/built-reader.ts'

const fixtures = join(import.meta.dirname, '..', 'fixtures')
const file = (path: string) => ({ file: path, bytes: new Uint8Array(readFileSync(join(fixtures, path))) })
const today = new Date('2027-01-01T00:00:00Z')

describe('the reader', () => {
  let url: URL
  let reader: Reader
  beforeAll(async () => {
    url = await builtReader()
    reader = createReader(url)
  })
  afterAll(() => reader.close())

  it('answers from its worker what the code answers here', async () => {
    const files = [
      'kinds/chain.pem',
      'kinds/bundle.p12',
      'kinds/key-encrypted.pem',
      'kinds/list.crl',
      'kinds/notes.txt',
    ].map(file)
    const found = await reader.inspect(files, ['kinds'], undefined, today)
    expect(found).toEqual({ ok: true, value: await inspectAll(files, ['kinds'], today) })
  })

  it('answers objects that fit the contract', async () => {
    const files = ['kinds/chain.pem', 'kinds/keystore.jks', 'corpus/hostile/derived__cert-nul-in-cn.pem'].map(file)
    const found = await reader.inspect(files, [])
    for (const object of found.ok ? found.value.objects : []) expect(InspectedObject.parse(object)).toEqual(object)
    expect(found.ok && found.value.objects.length).toBe(7)
  })

  it('keeps private keys to itself', async () => {
    const key = file('kinds/key-pkcs8.der')
    const found = await reader.inspect([key, file('kinds/bundle.p12'), file('kinds/key-encrypted.pem')], ['kinds'])
    const secret = Buffer.from(key.bytes).subarray(36, 68)
    const said = JSON.stringify(found)
    for (const encoding of ['hex', 'base64', 'latin1'] as const) expect(said).not.toContain(secret.toString(encoding))
    expect(said).not.toContain('PRIVATE KEY')
    expect(said).not.toContain('pkcs8"')
  })

  it('finds certificates, and refuses what has none', async () => {
    const found = await reader.certificatesIn('c.p7b', file('kinds/collection.p7b').bytes)
    expect(found.ok && found.value.certificates.map(({ facts }) => facts.subject)).toEqual([
      'CN=client.example,O=Kinds Ltd,C=GB',
      'CN=Kinds CA,O=Kinds Ltd',
    ])
    const refused = await reader.certificatesIn('c.csr', file('kinds/client.csr').bytes)
    expect(refused).toEqual({ ok: false, problem: { code: 'attach.is-request', name: 'c.csr' } })
  })

  it('keeps calls apart that come at once', async () => {
    const names = ['kinds/client.crt', 'kinds/client.csr', 'kinds/list.crl', 'kinds/public-key.pem']
    const found = await Promise.all(names.map((name) => reader.inspect([file(name)], [])))
    expect(found.map((one) => one.ok && one.value.objects[0]!.kind)).toEqual([
      'certificate',
      'request',
      'crl',
      'public-key',
    ])
  })

  it('refuses a file that is too large without reading it, and reads the others', async () => {
    const huge = { file: 'huge.pem', bytes: new Uint8Array(33 * 1024 * 1024) }
    const found = await reader.inspect([huge, file('kinds/client.crt')], [])
    expect(found.ok && found.value.objects.map((object) => object.problem?.code ?? object.kind)).toEqual([
      'file.too-large',
      'certificate',
    ])
    expect(await reader.certificatesIn('huge.pem', huge.bytes)).toMatchObject({ problem: { code: 'file.too-large' } })
  })

  it('refuses thousands of files at once', async () => {
    const files = Array.from({ length: 2001 }, () => file('kinds/empty.crt'))
    expect(await reader.inspect(files, [])).toMatchObject({
      problem: { code: 'file.too-many', count: 2001, limit: 2000 },
    })
  })

  it('reads the hostile folder of the corpus, each file in time', async () => {
    const index = JSON.parse(readFileSync(join(fixtures, 'corpus', 'index.json'), 'utf8')) as {
      file: string
      kind: string
    }[]
    const files = index.filter(({ kind }) => kind === 'hostile').map((row) => file(`corpus/${row.file}`))
    const found = await reader.inspect(files, ['password'], 20_000, today)
    const problems = found.ok ? found.value.objects.map((object) => object.problem?.code) : []
    expect(new Set(found.ok ? found.value.objects.map((object) => object.file) : []).size).toBe(files.length)
    expect(problems).not.toContain('file.took-too-long')
  })

  it('starts again after it was closed', async () => {
    const other = createReader(url)
    other.warm()
    await other.close()
    expect((await other.inspect([file('kinds/client.crt')], [])).ok).toBe(true)
    await other.close()
  })
})

describe('a reader whose worker misbehaves', () => {
  const faulty = new URL('../support/faulty-reader.mjs', import.meta.url)
  const reader = createReader(faulty, 64)
  afterAll(() => reader.close())
  const text = (name: string, content: string) => ({
    file: `/some/where/${name}`,
    bytes: new TextEncoder().encode(content),
  })

  it.each([
    ['HANG', { code: 'file.took-too-long', name: 'bad.p12', limitMs: 400 }],
    ['HOARD', { code: 'file.damaged', name: 'bad.p12', what: 'content' }],
    ['THROW', { code: 'file.damaged', name: 'bad.p12', what: 'content' }],
    ['EXIT', { code: 'file.damaged', name: 'bad.p12', what: 'content' }],
  ])(
    'blames %s on that file alone',
    async (how, problem) => {
      const files = [text('a.crt', 'fine'), text('bad.p12', how), text('c.crt', 'fine')]
      const found = await reader.inspect(files, [], how === 'HOARD' ? 60_000 : 400)
      expect(found.ok && found.value.objects.map((object) => object.problem)).toEqual([null, problem, null])
    },
    90_000,
  )

  it('gives up on the rest after a few culprits', async () => {
    const files = Array.from({ length: 12 }, (_, i) => text(`${i}`, 'HANG'))
    const began = performance.now()
    const found = await reader.inspect(files, [], 100)
    expect(found.ok && found.value.objects.every((object) => object.problem?.code === 'file.took-too-long')).toBe(true)
    expect(performance.now() - began).toBeLessThan(10_000)
  })

  it('answers the next call as if nothing had been', async () => {
    const found = await reader.certificatesIn('x.crt', new TextEncoder().encode('fine'))
    expect(found.ok).toBe(true)
    const broken = await reader.certificatesIn('x.crt', new TextEncoder().encode('THROW'))
    expect(broken).toEqual({ ok: false, problem: { code: 'file.damaged', name: 'x.crt', what: 'content' } })
  })
})
