import type { WordsOf } from '../words.ts'

export type KeyProblem =
  | { code: 'key.passphrase-needed'; name: string }
  | { code: 'key.passphrase-wrong'; name: string }
  | { code: 'key.passphrase-short'; least: number }
  | { code: 'key.protection-unsupported'; name: string; scheme: string }
  | { code: 'key.type-unsupported'; name: string; type: string }
  | { code: 'key.none-in-file'; name: string; found: string }
  | { code: 'request.none-in-file'; name: string; found: string }
  | { code: 'crl.none-in-file'; name: string }
  | { code: 'convert.nothing-for'; to: string; found: string }
  | { code: 'convert.too-many'; to: string; found: string }
  | { code: 'convert.no-pair' }
  | { code: 'convert.no-protection'; to: string }
  | { code: 'convert.key-exposed' }
  | { code: 'pair.swapped'; certificate: string; key: string }
  | { code: 'export.key-mismatch'; key: string; certificate: string }
  | { code: 'export.no-certificate' }

export const keyWords: WordsOf<KeyProblem> = {
  'key.passphrase-needed': (p) => ({
    title: `“${p.name}” is protected by a passphrase`,
    causes: [],
    next: 'Enter the passphrase to open it.',
  }),
  'key.passphrase-wrong': (p) => ({
    title: `This passphrase does not open “${p.name}”`,
    causes: ['A typing slip, another keyboard layout, or the passphrase of another file.'],
    next: 'Try again. Nothing is locked by a wrong try.',
  }),
  'key.passphrase-short': (p) => ({
    title: `The passphrase is shorter than ${p.least} characters`,
    causes: [],
    next: `Use at least ${p.least} characters; several words are easy to remember and strong.`,
  }),
  'key.protection-unsupported': (p) => ({
    title: `“${p.name}” is protected by ${p.scheme}, which Countersign does not open`,
    causes: ['The file was written by an uncommon program or with uncommon settings.'],
    next: 'Export it again from the program that made it, with AES-256.',
  }),
  'key.type-unsupported': (p) => ({
    title: `The key in “${p.name}” is of the type ${p.type}, which cannot be used here`,
    causes: ['It was made for another purpose, or by a program with unusual settings.'],
    next: 'Create an RSA or EC key for mutual TLS.',
  }),
  'key.none-in-file': (p) => ({
    title: `“${p.name}” holds no private key, but ${p.found}`,
    causes: ['Key, request and certificate of one name lie side by side.'],
    next: 'Choose the file of the private key.',
  }),
  'request.none-in-file': (p) => ({
    title: `“${p.name}” holds no signing request (CSR), but ${p.found}`,
    causes: ['Key, request and certificate of one name lie side by side.'],
    next: 'Choose the file of the signing request.',
  }),
  'crl.none-in-file': (p) => ({
    title: `“${p.name}” holds no revocation list (CRL)`,
    causes: ['A certificate names where its list is to be had; the list itself is another file.'],
    next: 'Get the list from the address in the certificate (CRL distribution point), and give that file.',
  }),
  'convert.nothing-for': (p) => ({
    title: `There is nothing here to be written as ${p.to}, but ${p.found}`,
    causes: ['Another file was chosen, or another form was meant.'],
    next: 'Choose the file that holds it, or another form.',
  }),
  'convert.too-many': (p) => ({
    title: `The form ${p.to} holds one object; here are ${p.found}`,
    causes: ['A whole chain or several identities lie in one file.'],
    next: 'Write PEM or PKCS#7, or choose one by its name.',
  }),
  'convert.no-pair': () => ({
    title: 'None of the certificates belongs to the private key',
    causes: ['Files of two identities were mixed, or the certificate was issued for an older request.'],
    next: 'Open the files together in Inspect: it says which key belongs to which certificate.',
  }),
  'convert.no-protection': (p) => ({
    title: `A key written as ${p.to} cannot be protected well`,
    causes: ['The protection of this old form is one round of MD5: a passphrase behind it is soon guessed.'],
    next: 'Write PKCS#8 with a passphrase; today’s programs read it.',
  }),
  'convert.key-exposed': () => ({
    title: 'A private key that is protected would lie in the clear',
    causes: ['It was in a bundle, a keystore or an encrypted file.'],
    next: 'Give a passphrase that protects what is written, or say that it may lie in the clear.',
  }),
  'pair.swapped': (p) => ({
    title: `The two files are swapped: “${p.certificate}” holds the private key, and “${p.key}” the certificate`,
    causes: ['Key and certificate of one name lie side by side.'],
    next: 'Give each in place of the other.',
  }),
  'export.key-mismatch': (p) => ({
    title: `The key in “${p.key}” does not belong to the certificate in “${p.certificate}”`,
    causes: ['Files of two identities were mixed, or the certificate was issued for an older request.'],
    next: 'Open both files in Inspect: it says which key belongs to which certificate.',
  }),
  'export.no-certificate': () => ({
    title: 'There is no certificate to export yet',
    causes: ['The request was made, but the certificate has not come back.'],
    next: 'Attach the certificate that the provider returned.',
  }),
}
