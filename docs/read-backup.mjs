// Opens a backup of Countersign without Countersign, with nothing but Node, and writes each private key and certificate
// as PEM files: node read-backup.mjs FILE PASSPHRASE-FILE FOLDER. The format is described in vault-format.md.
import { createDecipheriv, createHmac, createPrivateKey, scryptSync, timingSafeEqual } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [file, passphraseFile, folder] = process.argv.slice(2)
const text = readFileSync(file, 'utf8')
const passphrase = readFileSync(passphraseFile, 'utf8').split(/\r?\n/)[0].normalize('NFKC')
const [title, head, code] = text.split('\n', 3)
if (title !== 'countersign-backup 1') throw new Error('not a backup of format 1')
const { n, r, p, salt } = JSON.parse(head)
const keys = scryptSync(passphrase, Buffer.from(salt, 'hex'), 80, { N: n, r, p, maxmem: 256 * n * r })
const top = `${title}\n${head}\n`
const body = text.slice(top.length + code.length + 1)
const expected = createHmac('sha256', keys.subarray(48)).update(top).update(body).digest()
if (!timingSafeEqual(expected, Buffer.from(code, 'hex'))) throw new Error('wrong passphrase, or the file was altered')
const opener = createDecipheriv('aes-256-cbc', keys.subarray(0, 32), keys.subarray(32, 48))
const content = Buffer.concat([opener.update(Buffer.from(body, 'base64')), opener.final()])

mkdirSync(folder, { recursive: true, mode: 0o700 })
for (const { kind, id, record, secrets } of JSON.parse(content).records) {
  const at = (ending) => join(folder, `${kind}-${id}.${ending}`)
  writeFileSync(at('json'), JSON.stringify(record, null, 2), { mode: 0o600 })
  if (record.certificatePem) writeFileSync(at('crt'), record.certificatePem)
  if (!secrets.privateKey) continue
  const key = createPrivateKey({ key: Buffer.from(secrets.privateKey, 'base64'), format: 'der', type: 'pkcs8' })
  writeFileSync(at('key'), key.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 })
}
