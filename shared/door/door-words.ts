import type { DoorCase, DoorVerdict, DoorVersion } from './door-report.ts'

/** What is presented: in plain words, and how it is made. */
export const caseWords: Record<DoorCase, { name: string; made: string }> = {
  none: { name: 'No certificate', made: 'The request for a certificate is answered with an empty list.' },
  'self-signed': { name: 'Self-signed', made: 'The right name, signed with its own key.' },
  'other-ca': { name: 'Another authority', made: 'The right name, issued by an authority made for this check.' },
  'same-name-ca': {
    name: 'A namesake authority',
    made: 'The right name, issued by an authority with the right name and key identifier, but another key.',
  },
  expired: { name: 'Expired', made: 'From the right authority; it ended yesterday.' },
  'not-yet-valid': { name: 'Not yet valid', made: 'From the right authority; it begins in 30 days.' },
  'server-only': {
    name: 'Only for servers',
    made: 'From the right authority; its extended key usage is serverAuth alone.',
  },
  revoked: { name: 'Revoked', made: 'From the right authority, and on its revocation list.' },
  'other-subject': { name: 'Another client', made: 'From the right authority, for another name than the pinned one.' },
  right: { name: 'The right one', made: 'A certificate that must be let in.' },
}

export const verdictWords: Record<DoorVerdict, string> = {
  shut: 'Shut',
  open: 'Open',
  'lets-in': 'Lets in',
  'shuts-out': 'Shuts out',
  'cannot-tell': 'Cannot tell',
  'not-tried': 'Not tried',
}

export const versionWords: Record<DoorVersion, string> = { 'TLSv1.3': 'TLS 1.3', 'TLSv1.2': 'TLS 1.2' }

/** What an open door means, and what shuts it. */
export const remedies: Record<Exclude<DoorCase, 'right'>, string> = {
  none: 'It lets callers in without a certificate: demand one (ssl_verify_client on, verify required, rejectUnauthorized) instead of asking for one.',
  'self-signed':
    'It takes certificates that nobody vouches for: verify the chain (optional_no_ca and verify none do not), and do not compare names alone.',
  'other-ca':
    'It takes certificates of any authority: name the one client authority, and do not use the system’s roots.',
  'same-name-ca':
    'It compares the name of the authority, not its signature: whoever copies the name gets in. Verify the chain against the authority’s certificate.',
  expired: 'It does not look at the end of the validity: check for a setting that ignores expiry.',
  'not-yet-valid': 'It does not look at the start of the validity: check the server’s clock and its settings.',
  'server-only':
    'It does not look at the extended key usage: any server certificate of the same authority gets in as a client.',
  revoked: 'It does not look at the revocation list: load the present list, and reload it whenever a new one is made.',
  'other-subject': 'It lets in every client of the authority: compare the name or the fingerprint of the certificate.',
}
