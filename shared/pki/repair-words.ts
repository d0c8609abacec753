import type { FileOddity } from './file-findings.ts'

/** What a repair does: undoes an oddity, or writes another form that programs read. */
export type Change = FileOddity | 'der' | 'pkcs7' | 'other-program' | 'bundle-as-text' | 'left-out'

const says: Record<Change, string> = {
  'utf-16': 'The text is written as ASCII in place of UTF-16.',
  'byte-order-mark': 'The byte order mark at the beginning is taken away.',
  'percent-encoded': 'The signs of a web address (“%20”, “%0A”) become what they stand for.',
  'mail-encoded': 'The signs of a mail’s source (“=3D”) become what they stand for.',
  'escaped-newlines': 'Each “\\n” becomes a line break.',
  embedded: 'What was inside another text stands alone.',
  'base64-twice': 'One of the two layers of base64 is taken off.',
  quoted: 'The “>” of a mail reply are taken away.',
  'characters-odd': 'Invisible characters are taken away.',
  'newlines-lost': 'The line breaks are put back, 64 characters to a line.',
  'carriage-returns': 'The lines end as they do everywhere today.',
  'blank-lines': 'The empty lines within the block are taken out.',
  'lines-uneven': 'The lines are 64 characters long.',
  indented: 'The BEGIN and END lines stand alone, at the left edge.',
  'base64-odd': 'The base64 is written with “+”, “/” and “=”.',
  'dashes-wrong': 'The BEGIN and END lines have five hyphens on either side.',
  'label-case': 'The BEGIN and END lines are in capital letters.',
  'label-old': 'The BEGIN and END lines have the name that every program knows.',
  'label-wrong': 'The BEGIN and END lines name what is inside.',
  'end-line-missing': 'The END line is added.',
  'end-line-other': 'The END line names the same as the BEGIN line.',
  'header-lines-missing': 'BEGIN and END lines are put around the base64.',
  der: 'The binary form (DER) is written as text (PEM).',
  pkcs7: 'The certificates are taken out of the collection (PKCS#7).',
  'other-program': 'The key is written as PKCS#8, which TLS programs read.',
  'bundle-as-text': 'The bundle (PKCS#12) is written in its binary form.',
  'openssl-trust': 'OpenSSL’s trust settings are left out: the plain certificate remains.',
  'bytes-after': 'The bytes after the object are left out.',
  'blocks-damaged': 'Damaged blocks are left out.',
  'left-out': 'Blocks that are no certificate, request, list or key are left out.',
  order: 'The certificates are put in order: yours first, then each issuer.',
}

/** The sentences for these changes, in the order that they are made. */
export const changeWords = (changes: ReadonlySet<Change>): string[] =>
  (Object.keys(says) as Change[]).filter((change) => changes.has(change)).map((change) => says[change])
