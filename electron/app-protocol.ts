import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { pageOrigin } from './ipc.ts'

export const appScheme = 'app'

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

/**
 * Answers `app://countersign/…` from the built page's folder. Read through Node's fs, which knows asar, and without
 * `file:`, which would let the page reach the whole disk. `__STYLE_NONCE__` in the HTML becomes the answer's nonce.
 */
export function createPageServer(folder: string) {
  return async (request: Pick<Request, 'url' | 'method'>): Promise<Response> => {
    const nonce = randomBytes(18).toString('base64')
    const headers = {
      'content-security-policy': policy(nonce),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    }
    const path = pathOf(request)
    const kind = path === null ? undefined : kinds[extname(path)]
    if (path === null || kind === undefined) return new Response('', { status: 404, headers })
    try {
      const bytes = await readFile(join(folder, path))
      const body = path.endsWith('.html') ? bytes.toString('utf8').replaceAll('__STYLE_NONCE__', nonce) : bytes
      return new Response(body as BodyInit, { status: 200, headers: { ...headers, 'content-type': kind } })
    } catch {
      return new Response('', { status: 404, headers })
    }
  }
}

/** The path to serve, or null. The raw text is looked at, because a parsed URL has already hidden its `..`. */
function pathOf({ url, method }: Pick<Request, 'url' | 'method'>): string | null {
  if (method !== 'GET' || !url.startsWith(`${pageOrigin}/`)) return null
  const path = (url.slice(pageOrigin.length).split(/[?#]/, 1)[0] as string) || '/'
  if (path === '/') return '/index.html'
  return path.length <= 512 && plainPath.test(path) ? path : null
}
