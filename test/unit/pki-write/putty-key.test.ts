import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inspectBytes } from '../../../shared/pki/inspect.ts'
import { openPrivateKey } from '../../../shared/pki/pkcs8.ts'
import { repairOfFile } from '../../../shared/pki/repair.ts'

const folder = join(import.meta.dirname, '..', '..', 'fixtures', 'kinds')
const bytesOf = (file: string) => new Uint8Array(readFileSync(join(folder, file)))
const opened = async (bytes: Uint8Array, passphrase?: string) => {
  const result = await openPrivateKey(bytes, passphrase, 'a.ppk')
  return result.ok ? result.value : result.problem.code
}

/** The key of every PuTTY file here, as ssh-keygen wrote it. */
const original = async () => {
  const key = await opened(bytesOf('key-openssh.pem'))
  if (typeof key === 'string') throw new Error(key)
  return key
}

describe('a PuTTY key that puttygen wrote', () => {
  it.each(['key-putty-2.ppk', 'key-putty.ppk'])('%s opens with its passphrase alone', async (file) => {
    const key = await opened(bytesOf(file), 'kinds')
    if (typeof key === 'string') throw new Error(key)
    expect(key.pkcs8).toEqual((await original()).pkcs8)
    expect(key.facts).toMatchObject({ container: 'PuTTY', encrypted: true })
    expect(await opened(bytesOf(file), 'wrong')).toBe('key.passphrase-wrong')
    expect(await opened(bytesOf(file))).toBe('key.passphrase-needed')
  })

  it('shows its public half before it is opened', async () => {
    const [object] = await inspectBytes('a.ppk', bytesOf('key-putty.ppk'))
    const { spkiSha256 } = (await original()).facts
    expect(object).toMatchObject({ kind: 'private-key', problem: null, facts: { encrypted: true, spkiSha256 } })
    expect(object!.facts.protection).toMatch(/^PuTTY, Argon2id \(\d+ KiB, \d+ passes\), aes256-cbc$/)
  })

  it('in the clear is read without one, and written as PKCS#8', async () => {
    const key = await opened(bytesOf('key-putty-clear.ppk'))
    if (typeof key === 'string') throw new Error(key)
    expect(key.pkcs8).toEqual((await original()).pkcs8)
    const repaired = repairOfFile('a.ppk', bytesOf('key-putty-clear.ppk'))
    expect(new TextDecoder().decode(repaired?.bytes)).toMatch(/^-----BEGIN PRIVATE KEY-----\n/)
    expect(repaired?.fileName).toBe('a.pem')
  })

  it('that was changed is not taken for another key', async () => {
    const text = readFileSync(join(folder, 'key-putty-clear.ppk'), 'latin1')
    expect(await opened(Buffer.from(text.replace(/Comment: .*/, 'Comment: another')))).toBe('file.damaged')
  })

  it('that asks for hours or gigabytes is refused', async () => {
    const text = readFileSync(join(folder, 'key-putty.ppk'), 'latin1')
    for (const change of ['Argon2-Passes: 99999999', 'Argon2-Memory: 99999999']) {
      const hostile = text.replace(new RegExp(`${change.split(':')[0]}: \\d+`), change)
      expect(await opened(Buffer.from(hostile), 'kinds')).toBe('key.protection-unsupported')
    }
  })
})
