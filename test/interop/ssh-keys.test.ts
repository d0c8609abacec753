import { readFileSync, rmSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { sha256 } from '../../shared/pki/digest.ts'
import { toPem } from '../../shared/pki/pem.ts'
import { openPrivateKey } from '../../shared/pki/pkcs8.ts'
import { openssl, run, scratch } from '../support/tools.ts'

const at = scratch()
afterAll(() => at.remove())

async function made(type: string, ...more: string[]): Promise<string> {
  const path = at.path('id')
  for (const file of [path, `${path}.pub`]) rmSync(file, { force: true })
  const { code, stderr } = await run('ssh-keygen', ['-q', '-t', type, '-f', path, '-N', 'ssh passphrase', ...more])
  if (code !== 0) throw new Error(stderr)
  return path
}

/** SPKI digest by OpenSSL, of the public key that ssh-keygen wrote beside the private one. */
async function publicDigest(path: string): Promise<string> {
  const { stdout } = await run('ssh-keygen', ['-e', '-m', 'PKCS8', '-f', `${path}.pub`])
  const der = await openssl(['pkey', '-pubin', '-outform', 'DER'], stdout.toString())
  return sha256(new Uint8Array(der))
}

const opened = async (path: string, passphrase?: string) => {
  const result = await openPrivateKey(new Uint8Array(readFileSync(path)), passphrase, 'id')
  return result.ok ? result.value : result.problem.code
}

describe('an encrypted key of OpenSSH', () => {
  it.each([
    ['rsa', '-b', '2048'],
    ['ecdsa', '-b', '256'],
    ['ecdsa', '-b', '521'],
    ['rsa', '-b', '2048', '-Z', 'aes128-cbc'],
    ['rsa', '-b', '2048', '-Z', 'aes192-ctr'],
    ['rsa', '-b', '2048', '-Z', 'aes256-cbc'],
    ['rsa', '-b', '2048', '-Z', 'aes128-gcm@openssh.com'],
    ['rsa', '-b', '2048', '-Z', 'aes256-gcm@openssh.com'],
    ['rsa', '-b', '2048', '-a', '3'],
  ])('made with -t %s %s %s %s %s opens with its passphrase alone', async (type, ...more) => {
    const path = await made(type, ...more)
    const key = await opened(path, 'ssh passphrase')
    if (typeof key === 'string') throw new Error(key)
    expect(key.facts).toMatchObject({ encrypted: true, container: 'OpenSSH', spkiSha256: await publicDigest(path) })
    await openssl(['pkey', '-check', '-noout'], toPem('PRIVATE KEY', key.pkcs8))
    expect(await opened(path, 'another')).toBe('key.passphrase-wrong')
    expect(await opened(path)).toBe('key.passphrase-needed')
  })

  it('of Ed25519 gives the public key that its file shows openly', async () => {
    const path = await made('ed25519')
    const key = await opened(path, 'ssh passphrase')
    if (typeof key === 'string') throw new Error(key)
    const der = await openssl(['pkey', '-pubout', '-outform', 'DER'], toPem('PRIVATE KEY', key.pkcs8))
    expect(sha256(new Uint8Array(der))).toBe(key.facts.spkiSha256)
    const line = readFileSync(`${path}.pub`, 'utf8').split(' ')[1]!
    expect(Buffer.from(line, 'base64').subarray(-32).equals(der.subarray(-32))).toBe(true)
  })

  it('with a cipher that is not opened says which', async () => {
    const path = await made('rsa', '-b', '2048', '-Z', 'chacha20-poly1305@openssh.com')
    const result = await openPrivateKey(new Uint8Array(readFileSync(path)), 'ssh passphrase', 'id')
    expect(result).toEqual({
      ok: false,
      problem: {
        code: 'key.protection-unsupported',
        name: 'id',
        scheme: 'OpenSSH bcrypt, chacha20-poly1305@openssh.com',
      },
    })
  })
})
