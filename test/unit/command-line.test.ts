import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { handed, readCommandLine } from '../../electron/command-line.ts'
import { isLong, startWithList, takeList } from '../../electron/long-lists.ts'
import { createOpenedFiles } from '../../electron/opened-files.ts'

const read = (...words: string[]) => readCommandLine(words, { folder: '/home/me/certs' })

describe('the words that the app is started with', () => {
  it('open a window when there are none', () => {
    expect(read()).toMatchObject({ as: 'window', background: false, files: [] })
    expect(read('--')).toMatchObject({ as: 'window', background: false, files: [] })
  })

  it('name files by path, by address, and from the folder of the one who names them', () => {
    expect(read('--', '/a/one.pem', 'two.crt', '../three.p12', 'file:///b/f%C3%BCnf%20six.csr')).toMatchObject({
      files: ['/a/one.pem', '/home/me/certs/two.crt', '/home/me/three.p12', '/b/fünf six.csr'],
    })
  })

  it('take what follows -- for files, whatever it looks like', () => {
    expect(read('--', '--no-sandbox', '--run-command', '--remote-debugging-port=9222')).toMatchObject({
      as: 'window',
      background: false,
      switches: [],
      files: ['--no-sandbox', '--run-command', '--remote-debugging-port=9222'].map((name) => `/home/me/certs/${name}`),
    })
  })

  it.each([
    '--no-sandbox',
    '--remote-debugging-port=9222',
    '--inspect',
    '--gpu-launcher=xterm',
    '--renderer-cmd-prefix=gdb',
    '--js-flags=--expose-gc',
    '-x',
    '--disable-web-security',
    '--load-extension=/tmp/x',
    '--log-net-log=/tmp/net',
  ])('are refused whole when %s is among them', (word) => {
    expect(read('a.pem', word)).toEqual({ as: 'refused', unknown: [word] })
    expect(read(word, '--run-command', 'inspect')).toEqual({ as: 'refused', unknown: [word] })
  })

  it('may be anything while somebody develops the app', () => {
    const words = ['--remote-debugging-port=0', 'a.pem']
    expect(readCommandLine(words, { folder: '/x', anySwitch: true })).toMatchObject({ files: ['/x/a.pem'] })
  })

  it('may say where the data lie, and that only reminders are wanted', () => {
    expect(read('--user-data-dir=/srv/data', '--background')).toMatchObject({
      as: 'window',
      background: true,
      files: [],
    })
  })

  it('are a command line of their own behind --run-command, with or without a mark that switches end', () => {
    const argv = ['inspect', '--json', '--', '-strange.pem']
    expect(read('--ozone-platform=headless', '--run-command', '--', ...argv)).toEqual({ as: 'command', argv })
    expect(read('--run-command', ...argv)).toEqual({ as: 'command', argv })
  })

  it('name no file on another computer, and none that cannot be', () => {
    expect(read('--', 'file://elsewhere.example/a.pem', 'file:///%', 'a\0b', '', 'x'.repeat(5000))).toMatchObject({
      files: [],
    })
  })
})

describe('what a second start hands over', () => {
  it('counts as far as it is a list of whole paths', () => {
    expect(handed({ files: ['/a.pem', 'relative.pem', 7, `/${'x'.repeat(5000)}`] }).files).toEqual(['/a.pem'])
    for (const data of [null, undefined, 'files', { files: '/a.pem', list: 7, background: 'yes' }, {}, []])
      expect(handed(data)).toEqual({ files: [], list: undefined, background: false })
  })
})

describe('a list that is too long for a command line', () => {
  const userData = mkdtempSync(join(tmpdir(), 'opened-'))
  const files = Array.from({ length: 500 }, (_, at) => `/home/me/certs/certificate number ${at}.pem`)

  it('is told from a short one by its size', () => {
    expect([isLong(files), isLong(files.slice(0, 20))]).toEqual([true, false])
  })

  it('goes by a file that only its owner reads, and that is read once', async () => {
    const told = join(userData, 'told')
    startWithList(
      [process.execPath, '-e', `fs.writeFileSync(${JSON.stringify(told)}, process.argv.at(-1))`, '--'],
      files,
      userData,
    )
    await expect
      .poll(() => existsSync(told) && readFileSync(told, 'utf8'), { timeout: 10_000 })
      .toMatch(/^--files-from=/)
    const { list = '' } = readCommandLine([readFileSync(told, 'utf8')], { folder: '/' }) as { list?: string }
    expect(statSync(list).mode & 0o777).toBe(0o600)
    expect(takeList(list, userData)).toEqual(files)
    expect(takeList(list, userData)).toEqual([])
    expect(readdirSync(join(userData, 'opened'))).toEqual([])
  })

  it('is nobody else’s file', () => {
    const foreign = join(userData, 'foreign')
    writeFileSync(foreign, '/etc/passwd')
    expect(takeList(foreign, userData)).toEqual([])
    expect(takeList(join(userData, 'opened', '..', 'foreign'), userData)).toEqual([])
    expect(existsSync(foreign)).toBe(true)
  })
})

describe('files that wait for the page', () => {
  it('are asked for once, by a name that says nothing about them', () => {
    const opened = createOpenedFiles()
    const name = opened.keep(['/home/me/secret-name.pem'])
    expect(name).toMatch(/^[0-9a-f]{24}$/)
    expect(opened.take(name)).toEqual(['/home/me/secret-name.pem'])
    expect(opened.take(name)).toBeUndefined()
  })

  it('make room for newer ones', () => {
    const opened = createOpenedFiles()
    const names = Array.from({ length: 9 }, (_, at) => opened.keep([`/${at}`]))
    expect(opened.take(names[0] ?? '')).toBeUndefined()
    expect(opened.take(names[8] ?? '')).toEqual(['/8'])
  })
})
