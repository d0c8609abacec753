import type { WordsOf } from '../words.ts'

export type DoorProblem =
  | { code: 'door.not-confirmed'; host: string }
  | { code: 'door.server-untrusted'; host: string; subject: string; issuer: string; sha256: string }
  | { code: 'door.unreachable'; host: string; says: string }
  | { code: 'door.no-issuer'; name: string }
  | { code: 'door.report-gone' }
  | { code: 'door.files-gone' }

export const doorWords: WordsOf<DoorProblem> = {
  'door.not-confirmed': ({ host }) => ({
    title: `Nobody has said yet that ${host} is yours to test`,
    causes: ['The check presents forged certificates on purpose, which only the owner of a server may do.'],
    next: 'Confirm that the server is yours, or that its owner agreed; this is asked once for each host.',
  }),
  'door.server-untrusted': ({ host, subject, issuer }) => ({
    title: `The server at ${host} is not trusted here, so its door was not checked`,
    causes: [`It shows the certificate ${subject || 'without a name'}, from ${issuer || 'nobody'}.`],
    next: 'Choose the authority of the server’s certificate, or accept exactly this certificate after looking at it.',
  }),
  'door.unreachable': ({ host, says }) => ({
    title: `${host} could not be reached`,
    causes: [`The first connection ended so: ${says}.`],
    next: 'Check host and port, and that the server runs; then check again.',
  }),
  'door.no-issuer': ({ name }) => ({
    title: `${name} holds no certificate of an authority`,
    causes: ['A certificate of a client or server was chosen in its place.'],
    next: 'Choose the certificate of the authority that the door trusts.',
  }),
  'door.report-gone': () => ({
    title: 'This report is no longer at hand',
    causes: ['The last few reports are kept in memory until the app ends.'],
    next: 'Check the door again, then save the report.',
  }),
  'door.files-gone': () => ({
    title: 'The chosen files are no longer at hand',
    causes: ['Keys from files are kept in memory only, until the app ends or other files are chosen.'],
    next: 'Choose the files again.',
  }),
}
