import type { Program } from './row.ts'
import type { Words } from './words.ts'

/** Marks that only one program leaves. Order matters: Electron writes what Node writes, and more. */
const marks: [Program, readonly string[]][] = [
  ['Electron', [' openssl internal ', ' boringssl ', ' electron ']],
  ['Chromium', [' net err ']],
  ['curl', [' curl ', ' libcurl ']],
  [
    'Java',
    [' javax net ssl ', ' sun security ', ' java io ', ' java net ', ' java security ', ' sslhandshakeexception '],
  ],
  [
    'Python',
    [
      ' requests exceptions ',
      ' urllib3 ',
      ' sslcertverificationerror ',
      ' sslerror ',
      ' traceback most recent call last ',
      ' ssl pem lib ',
    ],
  ],
  [
    'Go',
    [
      ' x509 ',
      ' remote error tls ',
      ' local error tls ',
      ' tls failed to ',
      ' dial tcp ',
      ' tls private key ',
      ' http server gave ',
    ],
  ],
  [
    'Windows',
    [' schannel ', ' 0x8009030e ', ' 0x80090326 ', ' 0x80090304 ', ' system net ', ' security package ', ' sec e '],
  ],
  ['macOS', [' 25264 ', ' osstatus ', ' seckeychain ']],
  ['nginx', [' nginx ', ' client ssl certificate verify error ']],
  ['Node 24', [' ssl tls alert ', ' use system ca ']],
  [
    'Node 20',
    [
      ' err ssl ',
      ' err ossl ',
      ' eproto ',
      ' node internal ',
      ' sslv3 alert ',
      ' tlsv1 alert ',
      ' tlsv13 alert ',
      ' econnreset ',
      ' econnrefused ',
      ' enotfound ',
    ],
  ],
  ['OpenSSL', [' s client ', ' openssl ', ' verify error num ']],
]

/** Which programs’ marks a text bears, the surest first. */
export function programsIn({ text }: Words): Program[] {
  return marks.filter(([, words]) => words.some((word) => text.includes(word))).map(([program]) => program)
}
