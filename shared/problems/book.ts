import type { WordsOf } from '../words.ts'

export type BookProblem =
  | { code: 'issued.revoked-already'; name: string; at: string }
  | { code: 'issued.invalid-later'; name: string }
  | { code: 'issued.not-found'; asked: string }
  | { code: 'issued.several'; asked: string; count: number; serials: string }
  | { code: 'sign.key-compromised'; name: string; at: string }
  | { code: 'sign.authority-revoked'; name: string; at: string }
  | { code: 'list.none-yet'; name: string }
  | { code: 'list.authority-over'; name: string; notAfter: string }
  | { code: 'list.not-verified'; name: string }
  | { code: 'authority.followed-already'; name: string; by: string }

/** Of the book of issued certificates and its revocation lists. */
export const bookWords: WordsOf<BookProblem> = {
  'issued.revoked-already': ({ name, at }) => ({
    title: `“${name}” was revoked on ${at.slice(0, 10)}`,
    causes: ['A revocation is not taken back or dated anew: lists that name it may be in use.'],
    next: 'Make the next revocation list, or issue another certificate.',
  }),
  'issued.invalid-later': ({ name }) => ({
    title: `The key of “${name}” cannot be unsafe only from a day that is still to come`,
    causes: ['The date since which it is in other hands lies after today.'],
    next: 'Give the day from which on it is known or feared, or leave it out.',
  }),
  'issued.not-found': ({ asked }) => ({
    title: `No certificate in the book is called “${asked}” or has this serial number`,
    causes: ['It was issued elsewhere, by another authority, or the name is spelt otherwise in the book.'],
    next: 'Take the serial number from the certificate itself: Inspect shows it, as `openssl x509 -serial` does.',
  }),
  'issued.several': ({ asked, count, serials }) => ({
    title: `${count} certificates are called “${asked}”`,
    causes: [`Their serial numbers are ${serials}${count > 6 ? ' …' : ''}.`],
    next: 'Name one by its serial number.',
  }),
  'sign.key-compromised': ({ name, at }) => ({
    title: 'The key of this request is known to be in other hands',
    causes: [`“${name}”, a certificate for the same key, was revoked for that on ${at.slice(0, 10)}.`],
    next: 'Ask its owner for a request that is made with a new key.',
  }),
  'sign.authority-revoked': ({ name, at }) => ({
    title: `“${name}” was revoked by the authority above it, on ${at.slice(0, 10)}`,
    causes: ['What it signs is refused by every server that has the next revocation list of that authority.'],
    next: 'Let another authority take over from it, and sign with that one.',
  }),
  'list.none-yet': ({ name }) => ({
    title: `“${name}” has signed no revocation list yet`,
    causes: ['A list is made when it is asked for.'],
    next: 'Make the list first, then save it.',
  }),
  'list.authority-over': ({ name, notAfter }) => ({
    title: `“${name}” ended on ${notAfter.slice(0, 10)}`,
    causes: [
      'A list by an authority that has ended is believed by nobody, and nothing that it issued is trusted any more.',
    ],
    next: 'Use the authority that followed it.',
  }),
  'list.not-verified': ({ name }) => ({
    title: `The list that was signed does not fit the certificate of “${name}”`,
    causes: ['The key in its place is another one than the certificate names.'],
    next: 'Nothing was kept. Bring the authority again with its own key.',
  }),
  'authority.followed-already': ({ name, by }) => ({
    title: `“${by}” takes over from “${name}” already`,
    causes: ['An authority is followed by one other.'],
    next: `Open “${by}”, and let another one follow that.`,
  }),
}
