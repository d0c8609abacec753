// @ts-check
// A release knows where its updates come from and which key signs them; a build on somebody's own machine knows neither,
// and then looks for none. Both come from the environment, because they belong to whoever publishes.

import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../say.mjs'

/** @param {NodeJS.ProcessEnv} env @returns {{ url: string, key: string, publisher: string | undefined } | null} */
export function updateFeed(env = process.env) {
  const { COUNTERSIGN_FEED_URL: url, COUNTERSIGN_FEED_KEY: key, COUNTERSIGN_PUBLISHER: publisher } = env
  if (!url && !key) return null
  if (!url || !URL.canParse(url) || new URL(url).protocol !== 'https:') {
    throw new Refusal('COUNTERSIGN_FEED_URL has to be an https address: updates come from there')
  }
  if (!key || !/^[A-Za-z0-9+/]{59}=$/.test(key)) {
    throw new Refusal('COUNTERSIGN_FEED_KEY has to be an Ed25519 public key, SPKI in base64', [
      'node scripts/release/feed-key.mjs makes a pair and says where each half goes',
    ])
  }
  return { url, key, publisher: publisher || undefined }
}

/** For electron-builder. */
export function feedArguments(feed = updateFeed()) {
  if (!feed) return []
  return ['-c.publish.provider=generic', `-c.publish.url=${feed.url}`, `-c.extraMetadata.updateKey=${feed.key}`]
}

/**
 * electron-builder writes this file itself only for some targets; the unpacked folder is none of them on Windows.
 * @param {string} resources of the packed app
 */
export function writeUpdateConfig(resources, feed = updateFeed()) {
  const path = join(resources, 'app-update.yml')
  if (!feed || existsSync(path)) return
  const publisher = feed.publisher ? `publisherName:\n  - ${JSON.stringify(feed.publisher)}\n` : ''
  writeFileSync(path, `provider: generic\nurl: ${feed.url}\nupdaterCacheDirName: countersign-updater\n${publisher}`)
}
