import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { beforeAll, describe, expect, it } from 'vitest'
import { clearHalfWritten, readForeign, writeAtomically, writeForUser } from '../../electron/files.ts'
import { gather, gatherContents, smallLimits as limits } from '../../electron/gather.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'files-'))

describe('writing', () => {
  it('writes keys for their owner alone, whatever the umask allows', async () => {
    const path = join(folder(), 'a.key')
    await writeAtomically(path, 'key')
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('replaces a file and keeps the version before', async () => {
    const path = join(folder(), 'a')
    await writeAtomically(path, 'one', { previous: `${path}.previous` })
    expect(existsSync(`${path}.previous`)).toBe(false)
    await writeAtomically(path, 'two', { previous: `${path}.previous` })
    await writeAtomically(path, 'three', { previous: `${path}.previous` })
    expect([readFileSync(path, 'utf8'), readFileSync(`${path}.previous`, 'utf8')]).toEqual(['three', 'two'])
  })

  it('leaves no part file when it fails, and the target as it was', async () => {
    const home = folder()
    const path = join(home, 'taken')
    mkdirSync(path)
    writeFileSync(join(path, 'inside'), 'x')
    await expect(writeAtomically(path, 'new')).rejects.toThrow()
    expect(readdirSync(home)).toEqual(['taken'])
    expect(readFileSync(join(path, 'inside'), 'utf8')).toBe('x')
  })

  it('says by name what could not be written', async () => {
    const problem = await writeForUser(join(folder(), 'no-such-folder', 'a.crt'), 'x', 0o644)
    expect(problem).toEqual({ code: 'file.not-writable', name: 'a.crt' })
  })

  it('clears part files of a crash and nothing else', async () => {
    const home = folder()
    writeFileSync(join(home, '.countersign-0123456789abcdef.part'), 'half')
    writeFileSync(join(home, '.countersign-notes.part'), 'mine')
    await clearHalfWritten(home)
    expect(readdirSync(home)).toEqual(['.countersign-notes.part'])
  })
})

describe('a crash while writing', () => {
  let writer: string
  beforeAll(async () => {
    // A process of its own, so that it can be killed: it writes the same letter, long, over and over.
    const out = folder()
    const entry = join(out, 'writer.ts')
    const files = new URL('../../electron/files.ts', import.meta.url).pathname
    writeFileSync(
      entry,
      `import { writeAtomically } from ${JSON.stringify(files)}
      const [path] = process.argv.slice(2)
      for (let n = 0; ; n++) {
        await writeAtomically(path, String(n % 10).repeat(400_000), { previous: path + '.previous' })
        if (n === 1) console.log('started')
      }`,
    )
    await build({
      configFile: false,
      logLevel: 'silent',
      build: { ssr: entry, outDir: join(out, 'built'), target: 'node20', rollupOptions: { output: { format: 'es' } } },
    })
    writer = join(out, 'built', readdirSync(join(out, 'built')).find((name) => name.startsWith('writer')) as string)
  })

  it('leaves a whole file, old or new, and a whole version before it', async () => {
    const home = folder()
    const path = join(home, 'record.json')
    for (let round = 0; round < 12; round++) {
      const child = spawn(process.execPath, [writer, path], { stdio: ['ignore', 'pipe', 'inherit'] })
      await once(child.stdout, 'data')
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 30))
      child.kill('SIGKILL')
      await once(child, 'close')
      for (const file of [path, `${path}.previous`]) {
        const text = readFileSync(file, 'utf8')
        expect([text.length, new Set(text).size]).toEqual([400_000, 1])
      }
    }
    await clearHalfWritten(home)
    expect(readdirSync(home).sort()).toEqual(['record.json', 'record.json.previous'])
  })
})

describe('reading what others made', () => {
  it('refuses each thing that is not a readable file by its own code', async () => {
    const home = folder()
    writeFileSync(join(home, 'empty.crt'), '')
    writeFileSync(join(home, 'large.crt'), Buffer.alloc(2000))
    expect(await readForeign(join(home, 'gone.crt'))).toMatchObject({
      problem: { code: 'file.not-found', name: 'gone.crt' },
    })
    expect(await readForeign(join(home, 'empty.crt'))).toMatchObject({ problem: { code: 'file.empty' } })
    expect(await readForeign(join(home, 'large.crt'), 'large.crt', 1000)).toMatchObject({
      problem: { code: 'file.too-large', bytes: 2000, limit: 1000 },
    })
    expect(await readForeign(home)).toMatchObject({ problem: { code: 'file.not-readable' } })
    expect(await readForeign('/dev/zero')).toMatchObject({ problem: { code: 'file.not-readable' } })
  })

  it('does not wait at a named pipe that nobody writes to', async () => {
    const pipe = join(folder(), 'pipe')
    await once(spawn('mkfifo', [pipe]), 'close')
    expect(await readForeign(pipe)).toMatchObject({ problem: { code: 'file.not-readable' } })
  })
})

describe('gathering folders', () => {
  it('goes into folders, names files by their way from there, and skips hidden ones', async () => {
    const home = join(folder(), 'pki')
    mkdirSync(join(home, 'sub', '.git'), { recursive: true })
    writeFileSync(join(home, 'b.crt'), 'b')
    writeFileSync(join(home, 'a.crt'), 'a')
    writeFileSync(join(home, 'sub', 'c.crt'), 'c')
    writeFileSync(join(home, 'sub', '.git', 'd.crt'), 'd')
    const { files, leftOut } = await gather([home])
    expect(files.map(({ file }) => file)).toEqual(['pki/a.crt', 'pki/b.crt', 'pki/sub/c.crt'])
    expect(leftOut).toEqual([])
  })

  it('tells two files of one name apart', async () => {
    const home = folder()
    for (const sub of ['old', 'new']) {
      mkdirSync(join(home, sub))
      writeFileSync(join(home, sub, 'client.crt'), sub)
    }
    const { files } = await gather([join(home, 'old', 'client.crt'), join(home, 'new', 'client.crt')])
    expect(files.map(({ file }) => file)).toEqual(['old/client.crt', 'new/client.crt'])
  })

  it('reads the first two hundred files and says how many more there were', async () => {
    const home = folder()
    for (let n = 0; n < limits.files + 5; n++) writeFileSync(join(home, `${n}.crt`), 'x')
    const { files, leftOut } = await gather([home])
    expect(files).toHaveLength(limits.files)
    expect(leftOut).toEqual([
      { file: '5 more files', problem: { code: 'file.too-many', count: limits.files + 5, limit: limits.files } },
    ])
  })

  it('does not follow a link that leads back up', async () => {
    const home = join(folder(), 'loop')
    mkdirSync(home)
    writeFileSync(join(home, 'a.crt'), 'a')
    await once(spawn('ln', ['-s', '..', join(home, 'up')]), 'close')
    expect((await gather([home])).files.map(({ file }) => file)).toEqual(['loop/a.crt'])
  })

  it('goes six folders deep and no deeper', async () => {
    const home = folder()
    const deep = join(home, ...'abcdefgh')
    mkdirSync(deep, { recursive: true })
    writeFileSync(join(deep, 'x.crt'), 'x')
    writeFileSync(join(home, 'a', 'b', 'y.crt'), 'y')
    expect((await gather([join(home, 'a')])).files.map(({ file }) => file)).toEqual(['a/b/y.crt'])
  })

  it('names dropped contents without their path', () => {
    const { files } = gatherContents([{ name: '../../etc/a.crt', bytes: new Uint8Array([1]) }])
    expect(files[0]?.file).toBe('.._.._etc_a.crt')
  })
})
