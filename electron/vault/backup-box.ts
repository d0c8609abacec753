import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  scrypt,
  timingSafeEqual,
} from 'node:crypto'
import { z } from 'zod'
import { parseJson } from './record-file.ts'

// The format is described in docs/vault-format.md, which shows how to open it with OpenSSL alone; a test does as it says.

const title = 'countersign-backup 1'
const salt = z.string().regex(/^[0-9a-f]{32}$/)
const made = z.iso.datetime()
const records = z.int().min(0)

/** The second line. `records` is there to be shown before anybody types a passphrase. */
export const BackupHead = z.discriminatedUnion('key', [
  z.strictObject({
    key: z.literal('scrypt'),
    n: z.union([z.literal(2 ** 17), z.literal(2 ** 18)]),
    r: z.literal(8),
    p: z.int().min(1).max(4),
    salt,
    made,
    records,
  }),
  /** Sealed by the vault itself; `digest` tells whether anything changed since the backup before. */
  z.strictObject({
    key: z.literal('vault'),
    vault: z.string().regex(/^[0-9a-f]{32}$/),
    salt,
    made,
    records,
    digest: z.string().regex(/^[0-9a-f]{64}$/),
  }),
])
export type BackupHead = z.infer<typeof BackupHead>

/** 32 bytes for AES-256, 16 for its first block, 32 for HMAC-SHA-256. */
const keyBytes = 80

/** Makes the keys of a backup from what its head says. */
export type BackupKey = (head: BackupHead) => Promise<Buffer | null>

export const byPassphrase =
  (passphrase: string): BackupKey =>
  (head) =>
    head.key === 'scrypt' ? stretch(passphrase, head) : Promise.resolve(null)

export const byVault =
  (vaultId: string, key: Uint8Array): BackupKey =>
  async (head) =>
    head.key === 'vault' && head.vault === vaultId
      ? Buffer.from(hkdfSync('sha256', key, Buffer.from(head.salt, 'hex'), 'countersign backup', keyBytes))
      : null

export const newSalt = (): string => randomBytes(16).toString('hex')

/** The whole file. `content` is not altered. */
export async function packBackup(head: BackupHead, content: Uint8Array, keyOf: BackupKey): Promise<string> {
  const keys = await keyOf(head)
  if (!keys) throw new Error('no key for this head')
  const cipher = createCipheriv('aes-256-cbc', keys.subarray(0, 32), keys.subarray(32, 48))
  const sealed = Buffer.concat([cipher.update(content), cipher.final()])
  const body = `${sealed.toString('base64').replace(/.{64}/g, '$&\n')}\n`.replace(/\n\n$/, '\n')
  const top = `${title}\n${JSON.stringify(head)}\n`
  const code = codeOf(keys, top, body).toString('hex')
  keys.fill(0)
  return `${top}${code}\n${body}`
}

/** What a file says of itself without being opened. `newer`: of a format that this version does not know. */
export function headOf(text: string): BackupHead | 'newer' | null {
  const [first = '', second = ''] = text.slice(0, 4096).split('\n')
  if (first !== title) return /^countersign-backup \d{1,4}$/.test(first) ? 'newer' : null
  return BackupHead.safeParse(parseJson(second)).data ?? null
}

/** The content, or null: another key, or a file that was altered anywhere. The two cannot be told apart. */
export async function unpackBackup(text: string, keyOf: BackupKey): Promise<Buffer | null> {
  const head = headOf(text)
  const parts = /^([^\n]+\n[^\n]+\n)([0-9a-f]{64})\n([A-Za-z0-9+/=\n]+)$/.exec(text)
  if (!parts || !head || head === 'newer') return null
  const [, top = '', code = '', body = ''] = parts
  const keys = await keyOf(head)
  if (!keys) return null
  try {
    if (!timingSafeEqual(codeOf(keys, top, body), Buffer.from(code, 'hex'))) return null
    const opener = createDecipheriv('aes-256-cbc', keys.subarray(0, 32), keys.subarray(32, 48))
    return Buffer.concat([opener.update(Buffer.from(body, 'base64')), opener.final()])
  } finally {
    keys.fill(0)
  }
}

const codeOf = (keys: Buffer, top: string, body: string) =>
  createHmac('sha256', keys.subarray(48, 80)).update(top).update(body).digest()

function stretch(passphrase: string, { n, r, p, salt }: Extract<BackupHead, { key: 'scrypt' }>): Promise<Buffer> {
  // NFKC, as for the vault's own passphrase.
  const text = passphrase.normalize('NFKC')
  return new Promise((resolve, reject) => {
    scrypt(text, Buffer.from(salt, 'hex'), keyBytes, { N: n, r, p, maxmem: 256 * n * r }, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}
