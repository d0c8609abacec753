import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { truvPlan } from '../support/plans.ts'
import { openTestDesk, value } from '../support/test-means.ts'

const docs = new URL('../../docs/', import.meta.url).pathname
const passphrase = 'vier einfache Wörter, zusammen'

let folder: string
let handle: string
let key: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'backup-'))
  const desk = openTestDesk()
  handle = value(await desk.call('createIdentity', { work: 'w', plan: truvPlan })).handle
  key = value(await desk.means.vault.identities.secret(handle, 'privateKey'))!.toString('base64')
  const { text } = value(await desk.means.vault.backups.make(passphrase))
  writeFileSync(join(folder, 'mine.backup'), text)
  writeFileSync(join(folder, 'pass.txt'), `${passphrase}\n`)
})

describe('a backup without Countersign', () => {
  it('is opened by OpenSSL alone, as docs/read-backup.sh does it', () => {
    const out = execFileSync('sh', [join(docs, 'read-backup.sh'), 'mine.backup', 'pass.txt'], { cwd: folder })
    const { records } = JSON.parse(out.toString())
    expect(records).toMatchObject([
      { kind: 'identity', id: handle, record: { plan: truvPlan }, secrets: { privateKey: key } },
    ])
    writeFileSync(join(folder, 'key.der'), Buffer.from(records[0].secrets.privateKey, 'base64'))
    const said = execFileSync('openssl', ['pkey', '-inform', 'DER', '-in', 'key.der', '-noout', '-text'], {
      cwd: folder,
    })
    expect(said.toString()).toContain('P-256')
  })

  it('is opened by Node alone, with keys that OpenSSL reads, as docs/read-backup.mjs does it', () => {
    execFileSync(process.execPath, [join(docs, 'read-backup.mjs'), 'mine.backup', 'pass.txt', 'out'], { cwd: folder })
    expect(readdirSync(join(folder, 'out')).sort()).toEqual([`identity-${handle}.json`, `identity-${handle}.key`])
    const pem = readFileSync(join(folder, 'out', `identity-${handle}.key`), 'utf8')
    expect(pem.replace(/-----[^-]+-----|\n/g, '')).toBe(key)
  })

  it('is refused by both when a letter was altered, and with another passphrase', () => {
    const text = readFileSync(join(folder, 'mine.backup'), 'utf8')
    const at = text.length - 40
    writeFileSync(
      join(folder, 'altered.backup'),
      text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1),
    )
    writeFileSync(join(folder, 'other.txt'), 'something else\n')
    for (const [file, pass] of [
      ['altered.backup', 'pass.txt'],
      ['mine.backup', 'other.txt'],
    ] as const) {
      const bySh = spawnSync('sh', [join(docs, 'read-backup.sh'), file, pass], { cwd: folder, encoding: 'utf8' })
      expect(bySh.status).toBe(1)
      expect(bySh.stdout).toBe('')
      expect(bySh.stderr).toContain('wrong passphrase, or the file was altered')
      const byNode = spawnSync(process.execPath, [join(docs, 'read-backup.mjs'), file, pass, 'none'], { cwd: folder })
      expect(byNode.status).toBe(1)
    }
  })
})
