import type { Endpoint } from '../../shared/tls/kept-attempts.ts'

const words = {
  accepted: 'accepted works',
  refused: 'refused fails',
  unproven: 'not proven unproven',
  unreachable: 'not reached unreachable',
}

/** Every word that was typed stands somewhere in what the row shows. */
export function matches({ host, port, identityName, last, watched }: Endpoint, wanted: string): boolean {
  const text = [
    `${host}:${port}`,
    identityName ?? 'without a certificate',
    words[last.outcome],
    last.title,
    last.cause,
    watched ? 'watched' : '',
  ]
    .join(' ')
    .toLowerCase()
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
