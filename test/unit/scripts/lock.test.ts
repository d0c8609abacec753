import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { withLock } from '../../../scripts/lock.mjs'

let room: string
let lock: string

beforeEach(() => {
  room = mkdtempSync(join(tmpdir(), 'countersign-lock-'))
  lock = join(room, 'deep', 'lock')
})

afterEach(() => rmSync(room, { recursive: true, force: true }))

describe('the lock', () => {
  it('lets one work at a time, and nobody starve', async () => {
    let inside = 0
    let most = 0
    const work = async () => {
      inside += 1
      most = Math.max(most, inside)
      await pause(20)
      inside -= 1
    }
    await Promise.all([1, 2, 3, 4].map(() => withLock(lock, work)))
    expect(most).toBe(1)
    expect(existsSync(lock)).toBe(false)
  })

  it('is given back when the work fails', async () => {
    await expect(withLock(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await withLock(lock, async () => 'next')).toBe('next')
  })

  it('is taken over from a process that died', async () => {
    mkdirSync(lock, { recursive: true })
    writeFileSync(join(lock, 'holder'), `${hostname()} 4194303`)
    expect(await withLock(lock, async () => 'mine')).toBe('mine')
  })

  it('is taken over when nobody has touched it for long', async () => {
    mkdirSync(lock, { recursive: true })
    writeFileSync(join(lock, 'holder'), 'another-machine 1')
    utimesSync(lock, 1000, 1000)
    expect(await withLock(lock, async () => 'mine')).toBe('mine')
  })

  it('waits for one that is alive, and says for whom', async () => {
    mkdirSync(lock, { recursive: true })
    writeFileSync(join(lock, 'holder'), `${hostname()} ${process.pid}`)
    const waited: number[] = []
    const refused = withLock(lock, async () => 'never', { onWait: (pid) => waited.push(pid), limitMs: 300 })
    await expect(refused).rejects.toThrow('still holds')
    expect(waited).toEqual([process.pid])
  })
})
