import { verify } from 'node:crypto'
import type { UpdateInfo } from 'builder-util-runtime'
import type { AppUpdater } from 'electron-updater'
import { GenericProvider } from 'electron-updater/out/providers/GenericProvider.js'
import { type ProviderRuntimeOptions, parseUpdateInfo } from 'electron-updater/out/providers/Provider.js'
import { UpdateFault } from './fault.ts'

/** Octets of an Ed25519 signature (RFC 8032 section 5.1.6). */
const signatureBytes = 64

export type FeedOptions = { provider: 'custom'; url: string; publicKey: string; mostBytes: (bytes: number) => void }

/**
 * The generic feed (`latest-linux.yml` and its like, with the SHA-512 of each file), believed only where
 * `latest-linux.yml.sig` beside it is the Ed25519 signature of its very octets under the key that the app was built with.
 * Whoever has the server alone can bring neither another file nor another version.
 */
export class SignedFeed extends GenericProvider {
  private readonly options: FeedOptions
  private readonly address: URL

  constructor(options: FeedOptions, updater: AppUpdater, runtime: ProviderRuntimeOptions) {
    super({ provider: 'generic', url: options.url }, updater, { ...runtime, isUseMultipleRangeRequest: false })
    this.options = options
    this.address = new URL(options.url.endsWith('/') ? options.url : `${options.url}/`)
  }

  override async getLatestVersion(): Promise<UpdateInfo> {
    const file = `${this.getDefaultChannelName()}.yml`
    const url = new URL(file, this.address)
    const text = (await this.httpRequest(url)) ?? ''
    const signature = await this.httpRequest(new URL(`${file}.sig`, this.address)).catch(
      (error: { statusCode?: number }) => {
        throw error.statusCode === 404 ? new UpdateFault('not-signed') : error
      },
    )
    if (!isSigned(text, signature ?? '', this.options.publicKey)) throw new UpdateFault('not-signed')
    const info = parseUpdateInfo(text, file, url)
    if (!isFeed(info)) throw new UpdateFault('malformed')
    this.options.mostBytes(Math.max(...info.files.map(({ size }) => size ?? 0)))
    return info
  }
}

function isSigned(text: string, signature: string, publicKey: string): boolean {
  const given = Buffer.from(signature.trim(), 'base64')
  return given.length === signatureBytes && verify(null, Buffer.from(text), publicKey, given)
}

/** Each file with its own length and SHA-512, and with a name that leads nowhere else. */
function isFeed(info: UpdateInfo): boolean {
  const { version, files } = Object(info) as Partial<UpdateInfo>
  if (typeof version !== 'string' || !Array.isArray(files) || files.length === 0) return false
  return files.every(
    ({ url, sha512, size }) =>
      typeof url === 'string' && /^[^/\\?#:]+$/.test(url) && typeof sha512 === 'string' && Number.isSafeInteger(size),
  )
}
