import type { Attempt } from './attempt.ts'

export type Difference = {
  what: 'address' | 'proxy' | 'protocol' | 'cipher' | 'asked' | 'server' | 'sent' | 'outcome'
  /** In plain words, as the rows of a short table. */
  name: string
  was: string
  now: string
}

/** What a row compares: `key` decides, `says` is read. `null` where an attempt did not get that far. */
type Fact = { key: string; says: string } | null

type Row = { what: Difference['what']; name: string; of: (attempt: Attempt) => Fact }

const plain = (text: string | undefined): Fact => (text === undefined ? null : { key: text, says: text })

const rows: readonly Row[] = [
  { what: 'address', name: 'Address', of: ({ address }) => plain(address) },
  { what: 'proxy', name: 'Proxy', of: ({ proxy }) => plain(proxy ?? 'none') },
  { what: 'protocol', name: 'Protocol', of: ({ protocol }) => plain(protocol?.replace('TLSv', 'TLS ')) },
  { what: 'cipher', name: 'Cipher', of: ({ cipher }) => plain(cipher) },
  { what: 'server', name: 'Server’s certificate', of: serverCertificate },
  { what: 'asked', name: 'Asked for', of: asked },
  { what: 'sent', name: 'Sent', of: sent },
]

const notReached = 'not reached'

/** As many names as one reads at a glance. */
const inWords = 3

/**
 * What differs in a failed attempt from one that worked, in the order of the connection; how each ended comes last and is
 * always there. A fact that neither attempt has is left out; one that only one has counts as a difference, because an
 * attempt that ended earlier than the other did so for a reason. Times of the day and durations are not compared.
 */
export function attemptDifferences(failed: Attempt, worked: Attempt): Difference[] {
  const found = rows.flatMap(({ what, name, of }): Difference[] => {
    const [now, was] = [of(failed), of(worked)]
    if (now?.key === was?.key) return []
    return [{ what, name, was: was?.says ?? notReached, now: now?.says ?? notReached }]
  })
  return [...withNames(found, failed, worked), { what: 'outcome', name: 'End', was: end(worked), now: end(failed) }]
}

/** Which authorities came and which went, where the lists are too long to be read side by side. */
function withNames(found: Difference[], failed: Attempt, worked: Attempt): Difference[] {
  const [now, was] = [new Set(failed.acceptableAuthorities), new Set(worked.acceptableAuthorities)]
  if (now.size === 0 || was.size === 0 || Math.max(now.size, was.size) <= inWords) return found
  const gone = [...was].filter((name) => !now.has(name))
  const added = [...now].filter((name) => !was.has(name))
  return found.map((one) => {
    if (one.what !== 'asked') return one
    const lost = gone.length > 0 ? `; no longer ${few(gone)}` : ''
    const won = added.length > 0 ? `; now also ${few(added)}` : ''
    return { ...one, now: `${one.now}${lost}${won}` }
  })
}

const few = (names: readonly string[]) =>
  `${names.slice(0, inWords).join('; ')}${names.length > inWords ? ` and ${names.length - inWords} more` : ''}`

function serverCertificate({ serverChain }: Attempt): Fact {
  const [leaf] = serverChain
  if (!leaf) return null
  const until = leaf.notAfter.slice(0, 10)
  return { key: leaf.sha256, says: `${leaf.subject}, until ${until}, fingerprint ${leaf.sha256.slice(0, 16)}…` }
}

function asked({ certificateAsked, acceptableAuthorities }: Attempt): Fact {
  if (certificateAsked === undefined) return null
  if (!certificateAsked) return plain('no certificate')
  const names = [...new Set(acceptableAuthorities)].sort()
  const says = names.length === 0 ? 'a certificate of any authority' : `one of ${few(names)}`
  return { key: `asked ${names.join('\n')}`, says }
}

function sent(attempt: Attempt): Fact {
  const { certificateSent, issuersSent = 0 } = attempt
  if (certificateSent === undefined) return null
  if (!certificateSent) return plain('no certificate')
  const { sha256, subject } = sentCertificate(attempt)
  const above = issuersSent === 0 ? 'alone' : `with ${issuersSent} ${issuersSent === 1 ? 'issuer' : 'issuers'}`
  const print = sha256 === undefined ? '' : `, fingerprint ${sha256.slice(0, 16)}…`
  return { key: `${sha256} ${issuersSent}`, says: `${subject ?? 'a certificate'} ${above}${print}` }
}

/** Ours, as it was read from the handshake: the last that was sent, when one was asked for again. */
function sentCertificate({ messages = [] }: Attempt): { sha256?: string; subject?: string } {
  const last = messages.findLast(({ from, name }) => from === 'client' && name === 'Certificate')
  const lines = last?.fields.find(({ name }) => name === 'Certificate')?.value ?? []
  const after = (word: string) => lines.find((line) => line.startsWith(word))?.slice(word.length)
  return { sha256: after('SHA-256 '), subject: after('subject ') }
}

function end({ http, alert, failure }: Attempt): string {
  if (http) return `HTTP ${http.status} ${http.statusText}`.trim()
  if (alert) return `alert ${alert.number}, ${alert.name.replaceAll('_', ' ')}`
  return failure ? failure.text : 'no answer'
}
