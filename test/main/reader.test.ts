import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Reader } from '../../electron/reader-client.ts'
import { createReader } from '../../electron/reader-client.ts'
import { usualLimits } from '../../electron/reader-limits.ts'
import { readerThread } from '../../electron/reader-thread.ts'
import { InspectedObject } from '../../shared/pki/facts.ts'
import { inspectAll } from '../../shared/pki/inspect.ts'
import { builtFaultyReader, builtReader } from '../support/built-reader.ts'
import { codeOf } from '../support/test-means.ts'

const fixtures = join(import.meta.dirname, '..', 'fixtures')
const file = (path: string) => ({ file: path, bytes: new Uint8Array(readFileSync(join(fixtures, path))) })
const today = new Date('2027-01-01T00:00:00Z')

describe('the reader', () => {
  let url: URL
  let reader: Reader
  beforeAll(async () => {
    url = await builtReader()
    reader = createReader(readerThread(url))
  })
  afterAll(() => reader.close())

  it('answers from its thread what the code answers here', async () => {
    const files = [
      'kinds/chain.pem',
      'kinds/bundle.p12',
      'kinds/key-encrypted.pem',
      'kinds/list.crl',
      'kinds/notes.txt',
    ].map(file)
    const found = await reader.inspect(files, ['kinds'], today)
    expect(found).toEqual({ ok: true, value: await inspectAll(files, ['kinds'], today) })
  })

  it('answers objects that fit the contract', async () => {
    const files = ['kinds/chain.pem', 'kinds/keystore.jks', 'corpus/hostile/derived__cert-nul-in-cn.pem'].map(file)
    const found = await reader.inspect(files, [])
    for (const object of found.ok ? found.value.objects : []) expect(InspectedObject.parse(object)).toEqual(object)
    expect(found.ok && found.value.objects.length).toBe(8)
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

  it('refuses a file of 65 MiB without reading it, and reads the others', async () => {
    const huge = { file: 'huge.pem', bytes: new Uint8Array(65 * 1024 * 1024) }
    const found = await reader.inspect([huge, file('kinds/client.crt')], [])
    expect(found.ok && found.value.objects.map((object) => object.problem?.code ?? object.kind)).toEqual([
      'file.too-large',
      'certificate',
    ])
    expect(codeOf(await reader.certificatesIn('huge.pem', huge.bytes))).toBe('file.too-large')
    const rows = await reader.reading([huge, file('kinds/client.crt')], today).rows(0)
    expect(rows.ok && rows.value.rows.map((row) => row.problem?.code ?? row.kind)).toEqual([
      'file.too-large',
      'certificate',
    ])
  })

  it('refuses thousands of files at once', async () => {
    const files = Array.from({ length: 5001 }, () => file('kinds/empty.crt'))
    expect(await reader.inspect(files, [])).toMatchObject({
      problem: { code: 'file.too-many', count: 5001, limit: 5000 },
    })
  })

  it('reads the hostile folder of the corpus, each file in time', async () => {
    const index = JSON.parse(readFileSync(join(fixtures, 'corpus', 'index.json'), 'utf8')) as {
      file: string
      kind: string
    }[]
    const files = index.filter(({ kind }) => kind === 'hostile').map((row) => file(`corpus/${row.file}`))
    const found = await reader.inspect(files, ['password'], today)
    const problems = found.ok ? found.value.objects.map((object) => object.problem?.code) : []
    expect(new Set(found.ok ? found.value.objects.map((object) => object.file) : []).size).toBe(files.length)
    expect(problems).not.toContain('file.took-too-long')
  })

  it('starts again after it was closed, and after it was idle for long', async () => {
    const other = createReader(readerThread(url), { ...usualLimits, idleMs: 50 })
    other.warm()
    await other.close()
    expect((await other.inspect([file('kinds/client.crt')], [])).ok).toBe(true)
    const reading = other.reading([file('kinds/chain.pem')], today)
    await reading.rows(0)
    await new Promise((resolve) => setTimeout(resolve, 200))
    // The thread is gone by now; what the page saw can be asked about all the same.
    const opened = await reading.open('1')
    expect(opened.ok && opened.value.object.id).toBe('1')
    await other.close()
  })
})

describe('a reader that is brought down by a file', () => {
  const limits = { ...usualLimits, fileMs: 400, openingMs: 400, memoryMiB: 200 }
  let reader: Reader
  beforeAll(async () => {
    reader = createReader(readerThread(await builtFaultyReader(), 100), limits)
  })
  afterAll(() => reader.close())
  const text = (name: string, content: string) => ({
    file: `/some/where/${name}`,
    bytes: new TextEncoder().encode(content),
  })
  const good = (name: string) => ({ ...file('kinds/client.crt'), file: name })

  it.each([
    ['HANG', { code: 'file.took-too-long', name: 'bad.p12', limitMs: 400 }],
    ['HOARD', { code: 'file.took-too-much', name: 'bad.p12', limitMiB: 200 }],
    ['FILL', { code: 'file.took-too-much', name: 'bad.p12', limitMiB: 200 }],
    ['THROW', { code: 'file.stopped-reader', name: 'bad.p12' }],
    ['EXIT', { code: 'file.stopped-reader', name: 'bad.p12' }],
  ])(
    'blames %s on that file alone',
    async (how, { code }) => {
      // Long enough for memory to run out before time does.
      const patient = createReader(readerThread(await builtFaultyReader(), 100), {
        ...limits,
        ...(how === 'HANG' ? {} : { fileMs: 60_000, openingMs: 60_000 }),
      })
      const files = [good('a.crt'), text('bad.p12', how), good('c.crt')]
      const found = await patient.inspect(files, [])
      expect(found.ok && found.value.objects.map((object) => object.problem?.code ?? null)).toEqual([null, code, null])
      const reading = patient.reading([good('a.crt'), text('bad.p12', how), good('c.crt')], today)
      const rows = await reading.rows(0)
      expect(rows.ok && rows.value.rows.map((row) => [row.id, row.problem?.code ?? null])).toEqual([
        ['0', null],
        ['1', code],
        ['2', null],
      ])
      const opened = await reading.open('2')
      expect(opened.ok && opened.value.object.kind).toBe('certificate')
      await patient.close()
    },
    90_000,
  )

  it('gives up on the rest after a few culprits', async () => {
    const files = Array.from({ length: 12 }, (_, i) => text(`${i}`, 'HANG'))
    const began = performance.now()
    const found = await reader.inspect(files, [])
    expect(found.ok && found.value.objects.every((object) => object.problem?.code === 'file.took-too-long')).toBe(true)
    const rows = await reader.reading(files, today).rows(0)
    expect(rows.ok && rows.value.rows.map((row) => row.problem?.code)).toEqual(
      Array.from({ length: 12 }, () => 'file.took-too-long'),
    )
    expect(performance.now() - began).toBeLessThan(15_000)
  })

  it('answers the next call as if nothing had been', async () => {
    expect((await reader.certificatesIn('x.crt', good('x.crt').bytes)).ok).toBe(true)
    const broken = await reader.certificatesIn('x.crt', new TextEncoder().encode('THROW'))
    expect(broken).toEqual({ ok: false, problem: { code: 'file.stopped-reader', name: 'x.crt' } })
  })
})
