// @ts-check
// `node scripts/release/sign-feed.mjs FOLDER [--for-trying]`: beside each latest*.yml its Ed25519 signature,
// `latest*.yml.sig`. The private key is COUNTERSIGN_FEED_PRIVATE_KEY (PKCS#8 in base64); it has to be the other half of
// COUNTERSIGN_FEED_KEY.

import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { forTrying } from '../package/for-trying.mjs'
import { line, main, Refusal } from '../say.mjs'

await main(async () => {
  const { values, positionals } = parseArgs({
    options: { [forTrying]: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  const [folder = 'dist'] = positionals
  const tried = values[forTrying]
  const { COUNTERSIGN_FEED_PRIVATE_KEY: secret = '', COUNTERSIGN_FEED_KEY: known = '' } = process.env
  const key = readKey(secret)
  const own = createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64')
  if (own !== known) throw new Refusal('COUNTERSIGN_FEED_PRIVATE_KEY is not the other half of COUNTERSIGN_FEED_KEY')
  const feeds = readdirSync(folder).filter((name) => /^latest.*\.yml$/.test(name))
  if (feeds.length === 0) throw new Refusal(`There is no feed (latest*.yml) in ${folder}`)
  for (const name of feeds) {
    const content = readFileSync(join(folder, name))
    if (content.includes(forTrying) && !tried) {
      throw new Refusal(`${name} names a file that is for trying`, [
        'A release is made where electron-builder can download its tools. A test says --for-trying.',
      ])
    }
    const signature = sign(null, content, key)
    if (!verify(null, content, createPublicKey(key), signature)) throw new Error('a signature that does not verify')
    writeFileSync(join(folder, `${name}.sig`), `${signature.toString('base64')}\n`)
    line(`${name}.sig`)
  }
  return 0
})

/** @param {string} secret */
function readKey(secret) {
  try {
    const key = createPrivateKey({ key: Buffer.from(secret, 'base64'), format: 'der', type: 'pkcs8' })
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch {
    // Said below, without a word of the key.
  }
  throw new Refusal('COUNTERSIGN_FEED_PRIVATE_KEY is not an Ed25519 private key, PKCS#8 in base64')
}
