import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Protocol } from 'electron'
import { appScheme, pageOrigin } from './channels.ts'

const kinds: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/**
 * Parts of a path are plain names that begin with a letter, digit, `_` or `-`: no dot first, no escape, no backslash.
 * So no request can name anything outside the folder, and nothing has to be resolved to find that out.
 */
const plainPath = /^(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/

/** Scripts from our own files only, nothing inline; Mantine writes its style tags with the nonce of this one answer. */
const policy = (nonce: string) =>
  [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' data:`,
    `font-src 'self'`,
    `connect-src 'none'`,
    `form-action 'none'`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
    `object-src 'none'`,
  ].join('; ')

export type PageAnswer = { statusCode: number; headers: Record<string, string>; data: Buffer }

/**
 * Answers `app://countersign/…` from the built page's folder. Read through Node's fs, which knows asar, and without
 * `file:`, which would let the page reach the whole disk. `__STYLE_NONCE__` in the HTML becomes the answer's nonce.
 */
export function createPageServer(folder: string) {
  return async (request: { url: string; method: string }): Promise<PageAnswer> => {
    const nonce = randomBytes(18).toString('base64')
    const headers = {
      'content-security-policy': policy(nonce),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    }
    const refused = { statusCode: 404, headers, data: Buffer.alloc(0) }
    const path = pathOf(request)
    const kind = path === null ? undefined : kinds[extname(path)]
    if (path === null || kind === undefined) return refused
    try {
      const bytes = await readFile(join(folder, path))
      const isPage = path.endsWith('.html')
      const data = isPage ? Buffer.from(bytes.toString('utf8').replaceAll('__STYLE_NONCE__', nonce)) : bytes
      return { statusCode: 200, headers: { ...headers, 'content-type': kind }, data }
    } catch {
      return refused
    }
  }
}

/**
 * Puts the page server behind its scheme. By Electron's older call: `protocol.handle` goes through fetch's Request and
 * Response, whose first use loads for 75 ms before the first byte of the page.
 */
export function servePage(protocol: Pick<Protocol, 'registerBufferProtocol'>, folder: string): void {
  const answer = createPageServer(folder)
  protocol.registerBufferProtocol(appScheme, (request, callback) => void answer(request).then(callback))
}

/** The path to serve, or null. The raw text is looked at, because a parsed URL has already hidden its `..`. */
function pathOf({ url, method }: { url: string; method: string }): string | null {
  if (method !== 'GET' || !url.startsWith(`${pageOrigin}/`)) return null
  const path = (url.slice(pageOrigin.length).split(/[?#]/, 1)[0] as string) || '/'
  if (path === '/') return '/index.html'
  return path.length <= 512 && plainPath.test(path) ? path : null
}
