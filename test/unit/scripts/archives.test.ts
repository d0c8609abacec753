import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { takeFromTgz, unpackZip } from '../../../scripts/runtime/zip.mjs'
import { tgzOf, zipOf } from '../../support/make-archives.ts'

let room: string

beforeEach(() => {
  room = mkdtempSync(join(tmpdir(), 'countersign-archives-'))
})

afterEach(() => rmSync(room, { recursive: true, force: true }))

function put(bytes: Buffer) {
  const path = join(room, 'archive')
  writeFileSync(path, bytes)
  return path
}

const into = () => join(room, 'out')

describe('unpacking a zip', () => {
  it.each([true, false])('writes contents and the executable bit (stored: %s)', async (stored) => {
    const big = randomBytes(700_000).toString('hex')
    expect(await unpackZip(put(zipOf({ 'a/b/big': big, 'a/empty': '' }, { stored })), into())).toBe(2)
    expect(readFileSync(join(into(), 'a/b/big'), 'utf8')).toBe(big)
    expect(readFileSync(join(into(), 'a/empty'), 'utf8')).toBe('')
    expect(statSync(join(into(), 'a/b/big')).mode & 0o777).toBe(0o755)
  })

  it('leaves out what is not picked, and counts only the rest', async () => {
    const zip = put(zipOf({ 'app/keep': '12345', 'app/other/x': '1' }))
    const seen: number[][] = []
    const options = {
      pick: (name: string) => !name.startsWith('app/other/'),
      onBytes: (a: number, b: number) => void seen.push([a, b]),
    }
    expect(await unpackZip(zip, into(), options)).toBe(1)
    expect(existsSync(join(into(), 'app/other'))).toBe(false)
    expect(seen.at(-1)).toEqual([5, 5])
  })

  it.each(['../outside', 'a/../../outside', '/etc/outside', 'C:/outside'])('refuses to write to %s', async (name) => {
    await expect(unpackZip(put(zipOf({ [name]: 'x' })), into())).rejects.toThrow('outside of its folder')
    expect(existsSync(join(room, 'outside'))).toBe(false)
  })

  it('refuses a symbolic link', async () => {
    const zip = put(zipOf({ link: '/etc/passwd' }, { mode: 0o120777 }))
    await expect(unpackZip(zip, into())).rejects.toThrow('no plain file')
  })

  it('refuses contents whose checksum is wrong', async () => {
    await expect(unpackZip(put(zipOf({ a: 'x' }, { damage: true })), into())).rejects.toThrow('damaged')
  })

  it('refuses contents that are longer than announced', async () => {
    const zip = put(zipOf({ a: 'x'.repeat(100_000) }, { claimedSize: 10 }))
    await expect(unpackZip(zip, into())).rejects.toThrow('longer than')
  })

  it('refuses a file that is cut off', async () => {
    const whole = zipOf({ a: 'x'.repeat(5000) })
    await expect(unpackZip(put(whole.subarray(0, whole.length - 30)), into())).rejects.toThrow('not a zip file')
  })

  it('ends, whatever the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.nat(200), async (noise, at) => {
        const zip = zipOf({ a: 'hello', 'b/c': 'world' })
        zip.set(noise.subarray(0, Math.max(0, zip.length - at)), Math.min(at, zip.length))
        await unpackZip(put(zip), into()).catch(() => undefined)
      }),
      { numRuns: 100 },
    )
  })
})

describe('taking one file out of a .tgz', () => {
  it('finds it behind others, whatever its size', async () => {
    for (const size of [0, 1, 511, 512, 513, 2_000_000]) {
      const wanted = randomBytes(size)
      const path = put(tgzOf({ 'package/package.json': '{}', 'package/big': wanted, 'package/after': 'z' }))
      await takeFromTgz(path, 'package/big', join(room, 'big'))
      expect(readFileSync(join(room, 'big')).equals(wanted)).toBe(true)
    }
  })

  it('says which file is not there', async () => {
    const path = put(tgzOf({ 'package/package.json': '{}' }))
    await expect(takeFromTgz(path, 'package/big', join(room, 'big'))).rejects.toThrow('does not hold package/big')
  })

  it('refuses a download that is cut off', async () => {
    const whole = tgzOf({ 'package/big': randomBytes(100_000) })
    const path = put(whole.subarray(0, 50_000))
    await expect(takeFromTgz(path, 'package/big', join(room, 'big'))).rejects.toThrow()
  })
})
