import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ownAppImage } from './app-image.ts'

/** What a release was built with. */
export type UpdateBuild = {
  /** Written by electron-builder into the resources of a release; the updater reads it itself. */
  configFile: string
  feed: string
  /** Ed25519, PEM: what signs the feed. It lies in the archive of the app, whose integrity is checked at the start. */
  publicKey: string
}

export type Installed =
  | { from: 'package-manager'; kind: 'deb' | 'rpm' | 'pacman' | null }
  | { from: 'portable' }
  | { from: 'not-built-in' }
  | { from: 'feed'; build: UpdateBuild }

type Here = {
  platform: NodeJS.Platform
  env: NodeJS.ProcessEnv
  /** Where app-update.yml and package-type lie. */
  resources: string
  /** Where package.json lies. */
  appFolder: string
  packed: boolean
}

/** How this app came here, and so who brings the next version. */
export function howInstalled({ platform, env, resources, appFolder, packed }: Here): Installed {
  if (!packed) return { from: 'not-built-in' }
  const kind = read(join(resources, 'package-type')).trim()
  if (kind === 'deb' || kind === 'rpm' || kind === 'pacman') return { from: 'package-manager', kind }
  // What is no AppImage was unpacked by something else, which alone can replace it.
  if (platform === 'linux' && !ownAppImage(env)) return { from: 'package-manager', kind: null }
  if (platform === 'win32' && env.PORTABLE_EXECUTABLE_FILE) return { from: 'portable' }
  const build = buildOf(resources, appFolder)
  return build ? { from: 'feed', build } : { from: 'not-built-in' }
}

function buildOf(resources: string, appFolder: string): UpdateBuild | null {
  const configFile = join(resources, 'app-update.yml')
  const config = read(configFile)
  const feed = /^url:\s*['"]?(\S+?)['"]?\s*$/m.exec(config)?.[1]
  if (!/^provider:\s*generic\s*$/m.test(config) || feed === undefined || !URL.canParse(feed)) return null
  const publicKey = keyIn(read(join(appFolder, 'package.json')))
  return publicKey === null ? null : { configFile, feed, publicKey }
}

function keyIn(packageJson: string): string | null {
  try {
    const { updateKey } = JSON.parse(packageJson) as { updateKey?: unknown }
    if (typeof updateKey !== 'string' || !/^[A-Za-z0-9+/]{59}=$/.test(updateKey)) return null
    return `-----BEGIN PUBLIC KEY-----\n${updateKey}\n-----END PUBLIC KEY-----\n`
  } catch {
    return null
  }
}

const read = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '')
