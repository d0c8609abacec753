import type { Problem } from '../problems.ts'

/**
 * What can be wrong with the files of an identity, whatever error text a program makes of it: eighteen of these look the
 * same to OpenSSL. Codes that the inspector has as findings (`file.utf-16`) have the same meaning there.
 */
export const fileCauses = {
  'file.is-request': {
    title: 'The file is a signing request (CSR), not a certificate',
    next: 'Use the file that the provider returned after signing the request.',
  },
  'file.is-key': {
    title: 'The file is a private key, not a certificate',
    next: 'Choose the certificate here and the key in its own place: the two may have been swapped.',
  },
  'file.is-certificate': {
    title: 'The file is a certificate, not a private key',
    next: 'Choose the private key that the request was made with.',
  },
  'file.is-public-key': {
    title: 'The file is a public key',
    next: 'Choose the private key: the public half alone cannot sign in.',
  },
  'file.swapped': {
    title: 'Certificate and private key were swapped',
    next: 'Give each file in the other’s place.',
  },
  'file.is-binary': {
    title: 'The certificate is in binary form (DER), where text (PEM) is expected',
    next: 'Convert it to PEM: Countersign exports it so.',
  },
  'file.is-collection': {
    title: 'The file is a collection of certificates (PKCS#7)',
    next: 'Take the certificates out of it: Countersign exports them as PEM, yours first.',
  },
  'file.is-bundle': {
    title: 'The file is a bundle (PKCS#12), where PEM is expected',
    next: 'Give it in the place for PKCS#12 or PFX files, with its passphrase.',
  },
  'file.is-text': {
    title: 'The file is PEM text, where a bundle (PKCS#12) is expected',
    next: 'Give it in the place for certificate files, or export a PKCS#12.',
  },
  'file.is-list': {
    title: 'The file is a revocation list (CRL)',
    next: 'Choose the certificate itself.',
  },
  'file.is-something-else': {
    title: 'The file is neither certificate nor key',
    next: 'Inspect it to see what it is; then fetch the certificate again.',
  },
  'file.empty': { title: 'The file is empty', next: 'Download or copy it again.' },
  'file.not-found': { title: 'The file is not there', next: 'Check the path, and who may read it.' },
  'file.not-readable': { title: 'The file cannot be read', next: 'Check who may read it, and its size.' },
  'file.damaged': {
    title: 'The file is damaged',
    next: 'Fetch it again, as an attachment rather than pasted text.',
  },
  'file.end-line-missing': {
    title: 'The certificate is cut off: its END line is missing',
    next: 'Copy the whole block, both lines with the dashes included.',
  },
  'file.header-lines-missing': {
    title: 'The BEGIN and END lines are missing',
    next: 'Put the two lines around the text, or let Countersign export it.',
  },
  'file.dashes-wrong': {
    title: 'The BEGIN or END line does not have its five hyphens',
    next: 'Restore five hyphens on each side, or let Countersign export it.',
  },
  'file.label-wrong': {
    title: 'The BEGIN line names another kind of object than the one inside',
    next: 'Correct the BEGIN and END lines, or let Countersign export it.',
  },
  'file.newlines-lost': {
    title: 'The line breaks were lost',
    next: 'Let Countersign export it again, or wrap the text at 64 columns.',
  },
  'file.escaped-newlines': {
    title: 'The line breaks are spelt “\\n”',
    next: 'Replace each “\\n” by a line break before the text is used.',
  },
  'file.blank-lines': {
    title: 'There are empty lines within the block',
    next: 'Take them out, or let Countersign export it.',
  },
  'file.carriage-returns': {
    title: 'The lines end in carriage returns alone',
    next: 'Save it with ordinary line breaks, or let Countersign export it.',
  },
  'file.indented': {
    title: 'The BEGIN or END line is indented, or shares its line with other text',
    next: 'Copy the block into a file of its own, from the first column on.',
  },
  'file.label-case': {
    title: 'The BEGIN or END line is not in capital letters',
    next: 'Write the BEGIN and END lines in capital letters.',
  },
  'file.label-old': {
    title: 'The BEGIN line has an old name, which Go does not know',
    next: 'Let Countersign export it, under the name of today.',
  },
  'file.openssl-trust': {
    title: 'The certificate is in OpenSSL’s own form with trust settings',
    next: 'Let Countersign export it without them.',
  },
  'file.end-line-other': {
    title: 'The BEGIN and END lines name different kinds',
    next: 'Correct the BEGIN and END lines, or let Countersign export it.',
  },
  'file.base64-odd': {
    title: 'The base64 is the kind for web addresses, or lacks its padding',
    next: 'Let Countersign export it again.',
  },
  'file.base64-twice': {
    title: 'The file was turned into base64 twice',
    next: 'Decode it once, or let Countersign export it.',
  },
  'file.quoted': {
    title: 'The lines are quoted as in a mail reply',
    next: 'Take the marks away, or let Countersign export it.',
  },
  'file.mail-encoded': {
    title: 'The file is written as in the source of a mail',
    next: 'Save the attachment from the mail program, or let Countersign export it.',
  },
  'file.percent-encoded': {
    title: 'The file is written as in a web address',
    next: 'Let Countersign export it again.',
  },
  'file.characters-odd': {
    title: 'The file holds invisible characters',
    next: 'Let Countersign export it again.',
  },
  'file.embedded': {
    title: 'The certificate lies inside a text of another kind',
    next: 'Copy it into a file of its own, or let Countersign export it.',
  },
  'file.byte-order-mark': {
    title: 'The file begins with a byte order mark',
    next: 'Save it as plain text without one, or let Countersign export it.',
  },
  'file.utf-16': {
    title: 'The file is UTF-16 text',
    next: 'Save it as ASCII or UTF-8; Windows PowerShell writes UTF-16 with “>”.',
  },
  'file.order-wrong': {
    title: 'The chain file does not begin with your own certificate',
    next: 'Put your certificate first and its issuers after it, nearest first.',
  },
  'file.passphrase-needed': {
    title: 'The key is protected, and no passphrase was given',
    next: 'Give its passphrase, or export it again for a program that cannot ask.',
  },
  'file.passphrase-wrong': {
    title: 'The passphrase does not open the file',
    next: 'Check the passphrase; nothing is locked by a wrong try.',
  },
  'file.protection-unsupported': {
    title: 'The file is protected in a way that this program does not know',
    next: 'Export it again: with AES-256 for today’s programs, with triple DES and SHA-1 for those before about 2015.',
  },
  'file.no-mac': {
    title: 'The bundle has no integrity check (MAC)',
    next: 'Save it again with one: Countersign reads it and writes a complete bundle.',
  },
  'file.no-key': {
    title: 'The bundle holds no private key',
    next: 'Find the key that the request was made with, and build the bundle with both.',
  },
  'file.key-format': {
    title: 'The private key is in a format for other programs, such as OpenSSH',
    next: 'Convert it to PKCS#8: Countersign exports it so.',
  },
  'file.key-type': {
    title: 'The private key is of a kind that cannot be used here',
    next: 'Create an identity with an RSA or EC key.',
  },
  'file.not-usable': {
    title: 'The certificate or key cannot be loaded',
    next: 'Inspect the files: the inspector says what each one really is.',
  },
} as const satisfies Record<`file.${string}`, { title: string; next: string }>

export type FileCause = keyof typeof fileCauses

/** How the words that problems use for what was found begin. */
const byFound: [start: string, cause: FileCause][] = [
  ['a signing request', 'file.is-request'],
  ['a certificate', 'file.is-certificate'],
  ['a private key', 'file.is-key'],
  ['a public key', 'file.is-public-key'],
  ['a revocation list', 'file.is-list'],
  ['a collection', 'file.is-collection'],
  ['a bundle', 'file.no-key'],
]

const byCode: Partial<Record<Problem['code'], FileCause>> = {
  'attach.is-request': 'file.is-request',
  'attach.is-own-request': 'file.is-request',
  'attach.is-private-key': 'file.is-key',
  'pair.swapped': 'file.swapped',
  'file.empty': 'file.empty',
  'file.not-found': 'file.not-found',
  'file.not-readable': 'file.not-readable',
  'file.too-large': 'file.not-readable',
  'file.damaged': 'file.damaged',
  'file.unknown-kind': 'file.is-something-else',
  'file.something-else': 'file.is-something-else',
  'key.passphrase-needed': 'file.passphrase-needed',
  'key.passphrase-wrong': 'file.passphrase-wrong',
  'key.protection-unsupported': 'file.protection-unsupported',
  'key.type-unsupported': 'file.key-type',
}

/**
 * The cause that a refusal to load a file is, or null for a problem that is about no file. `attach.no-certificate` and
 * `key.none-in-file` are told by what was found in place of the certificate or key.
 */
export function fileCause(problem: Problem): FileCause | null {
  if (problem.code === 'attach.no-certificate' || problem.code === 'key.none-in-file') {
    return byFound.find(([start]) => problem.found.startsWith(start))?.[1] ?? 'file.is-something-else'
  }
  return byCode[problem.code] ?? null
}
