import { comment, purposeOf } from './pieces.ts'
import type { ServerWish } from './server-wish.ts'

/** What the three kinds of Node servers have in common: programs that end TLS themselves and ask the connection who called. */

const note = (...lines: string[]) => comment(lines, '//')

export const nodeFrom = 'Node 20 or later'

export const nodeImports = (imports: string[]): string[] => [
  "import { constants } from 'node:crypto'",
  "import { readFileSync } from 'node:fs'",
  ...imports,
]

export const nodePurpose = (wish: ServerWish): string =>
  note(...purposeOf(wish), 'Node ends TLS itself here, so no header says who called: the connection does.')

/** `read`: the options of TLS, read again at each reload. */
export function nodeFiles({ certificate, clientCa, crl, key }: ServerWish): string[] {
  return [
    'const read = () => ({',
    note('What callers see: your certificate first, then its intermediates, in one file.').replace(/^/gm, '  '),
    `  cert: readFileSync('${certificate}'),`,
    `  key: readFileSync('${key}'),`,
    note('Who gets in, up to the root. Named, it takes the place of the roots that Node brings along.').replace(
      /^/gm,
      '  ',
    ),
    `  ca: readFileSync('${clientCa}'),`,
    ...(crl
      ? [
          note(
            'Node takes the first list of a text and passes over the rest without a word, so they are handed over one',
            'by one. Once there is a list, OpenSSL wants one of each authority of the chain, the root’s too.',
          ).replace(/^/gm, '  '),
          `  crl: readFileSync('${crl}', 'utf8').split(/(?=-----BEGIN X509 CRL-----)/),`,
        ]
      : []),
    "  minVersion: 'TLSv1.2',",
    note('A resumed session is not checked again: without tickets each call is held against the present list.').replace(
      /^/gm,
      '  ',
    ),
    '  secureOptions: constants.SSL_OP_NO_TICKET,',
    '})',
  ]
}

/** Both are needed: `requestCert` alone asks, and lets in whoever answers. */
export const demands = ['  requestCert: true,', '  rejectUnauthorized: true,']

/** `callerOf`: who called, or null for one who is not the pinned one. */
export function nodeCaller({ pin }: ServerWish): string[] {
  const lines = pin
    ? [
        pin.by === 'name'
          ? note(
              'Of all that the authority has issued, only this name gets in: among the DNS names, or as common name.',
            )
          : note('Of all that the authority has issued, this one certificate gets in: SHA-256 of it.'),
        pin.by === 'name'
          ? `const isPinned = (peer) => peer.checkHost('${pin.name}', { wildcards: false }) !== undefined`
          : `const isPinned = (peer) => peer.fingerprint256 === '${colons(pin.sha256)}'`,
        '',
      ]
    : []
  return [
    ...lines,
    note('From the connection and nowhere else: headers are whatever the caller writes.'),
    'function callerOf(socket) {',
    '  const peer = socket.authorized ? socket.getPeerX509Certificate() : undefined',
    `  if (!peer${pin ? ' || !isPinned(peer)' : ''}) return null`,
    "  return { subject: peer.subject.split('\\n').reverse().join(','), fingerprint: peer.fingerprint256 }",
    '}',
  ]
}

const colons = (sha256: string): string => (sha256.toUpperCase().match(/../g) ?? []).join(':')

/** A new certificate or list counts from the next connection on, without a restart. */
export const nodeReload = (server: string): string[] => [
  note(
    'kill -HUP: a new certificate or list counts from the next connection on. What cannot be read leaves the old one.',
  ),
  "process.on('SIGHUP', () => {",
  '  try {',
  `    ${server}.setSecureContext(read())`,
  '  } catch (error) {',
  "    console.error('The old files stay in use:', error.message)",
  '  }',
  '})',
]

export const nodeListen = ({ address, port }: ServerWish): string =>
  address === undefined ? `${port}` : `${port}, '${address}'`

export const nodeCaveats = ({ crl }: ServerWish): string[] => [
  crl
    ? 'The list is read at start and on SIGHUP: send that after each new one. When it is over, nobody gets in any more.'
    : 'Without crl a revoked certificate gets in until it expires.',
  'Who brings a certificate that is not taken sees the connection closed without an alert: the event tlsClientError has the reason.',
  'Node has no setting for the depth of the chain.',
]
