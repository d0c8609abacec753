import type { Finding } from '../findings.ts'

/** What was unusual about a file whose content could be read all the same. */
export type FileOddity =
  | 'byte-order-mark'
  | 'utf-16'
  | 'newlines-lost'
  | 'carriage-returns'
  | 'blank-lines'
  | 'lines-uneven'
  | 'indented'
  | 'base64-odd'
  | 'escaped-newlines'
  | 'percent-encoded'
  | 'mail-encoded'
  | 'dashes-wrong'
  | 'label-wrong'
  | 'label-case'
  | 'label-old'
  | 'end-line-missing'
  | 'end-line-other'
  | 'header-lines-missing'
  | 'base64-twice'
  | 'quoted'
  | 'characters-odd'
  | 'embedded'
  | 'order'
  | 'openssl-trust'
  | 'bytes-after'
  | 'blocks-damaged'

type Words = Omit<Finding, 'code'>

const saveAgain = 'Save it again as plain text (ASCII, or UTF-8 without a byte order mark).'
const exportAgain = 'Export it from here, or ask for the file as an attachment rather than pasted text.'

const oddities: Record<FileOddity, Words> = {
  'byte-order-mark': {
    severity: 'warns',
    message: 'The file begins with a byte order mark. OpenSSL and Node.js skip it; Electron, Go and others refuse it.',
    next: saveAgain,
  },
  'utf-16': {
    severity: 'warns',
    message: 'The file is UTF-16 text, as Windows PowerShell writes it. Nearly every program refuses it.',
    next: saveAgain,
  },
  'newlines-lost': {
    severity: 'warns',
    message: 'The line breaks were lost: the whole block is on one line. Most programs refuse it.',
    next: exportAgain,
  },
  'carriage-returns': {
    severity: 'warns',
    message: 'Its lines end in carriage returns alone, as on old Macs. OpenSSL and most others see one line.',
    next: 'Save it with line ends of Unix (LF) or Windows (CRLF), or export it from here.',
  },
  'blank-lines': {
    severity: 'warns',
    message: 'There are empty lines within the block. OpenSSL refuses it, and others follow it.',
    next: 'Take the empty lines out, or export it from here.',
  },
  'lines-uneven': {
    severity: 'warns',
    message: 'The lines of the encrypted block are not 64 characters long. OpenSSL refuses it, and others follow it.',
    next: exportAgain,
  },
  indented: {
    severity: 'warns',
    message: 'The BEGIN or END line is indented, or shares its line with other text. Most programs pass over it.',
    next: 'Start both lines at the left edge with nothing after them, or export it from here.',
  },
  'base64-odd': {
    severity: 'warns',
    message: 'Its base64 is of the kind for web addresses, or lacks the “=” at its end. Most programs refuse it.',
    next: exportAgain,
  },
  'escaped-newlines': {
    severity: 'warns',
    message: 'The line breaks are spelt “\\n”, as in a JSON or .env file. Most programs refuse it.',
    next: 'Replace each “\\n” by a line break, or export it from here.',
  },
  'percent-encoded': {
    severity: 'warns',
    message: 'It is written as in a web address, with “%20” and “%0A”. Most programs refuse it.',
    next: exportAgain,
  },
  'mail-encoded': {
    severity: 'warns',
    message: 'It is written as in the source of a mail, with “=3D” for “=”. Most programs refuse it.',
    next: 'Save the attachment from the mail, or export it from here.',
  },
  'dashes-wrong': {
    severity: 'warns',
    message: 'The BEGIN or END line has other dashes than five hyphens, as a chat or word processor leaves them.',
    next: exportAgain,
  },
  'label-wrong': {
    severity: 'warns',
    message: 'The BEGIN line names another kind of object than the one inside. Most programs refuse it.',
    next: 'Correct the BEGIN and END lines, or export it from here.',
  },
  'label-case': {
    severity: 'warns',
    message: 'The BEGIN or END line is not in capital letters. Most programs refuse it.',
    next: 'Write the BEGIN and END lines in capital letters.',
  },
  'label-old': {
    severity: 'notes',
    message: 'The BEGIN line has an old name. OpenSSL still knows it; Go, Java and others do not.',
    next: 'Write CERTIFICATE (or CERTIFICATE REQUEST) on both lines, or export it from here.',
  },
  'end-line-missing': {
    severity: 'warns',
    message: 'The END line is missing: the copy stopped early. Most programs refuse it.',
    next: exportAgain,
  },
  'end-line-other': {
    severity: 'warns',
    message: 'The BEGIN and END lines name different kinds. Most programs refuse it.',
    next: 'Correct the BEGIN and END lines, or export it from here.',
  },
  'header-lines-missing': {
    severity: 'warns',
    message: 'The BEGIN and END lines are missing: only the base64 between them is here. Most programs refuse it.',
    next: exportAgain,
  },
  'base64-twice': {
    severity: 'warns',
    message: 'The file was turned into base64 twice. Every other program refuses it.',
    next: exportAgain,
  },
  quoted: {
    severity: 'warns',
    message: 'Its lines are quoted with “>”, as in a mail reply. Every other program refuses it.',
    next: exportAgain,
  },
  'characters-odd': {
    severity: 'warns',
    message: 'It holds invisible characters that a web page or word processor put there. Most programs refuse it.',
    next: exportAgain,
  },
  embedded: {
    severity: 'notes',
    message: 'It was found as base64 inside a text of another kind, such as JSON, YAML or XML.',
  },
  order: {
    severity: 'warns',
    message: 'The certificates are not in the order that servers and clients want: yours first, then each issuer.',
    next: 'Put the certificate with your name first and the root last, or export it from here.',
    source: { title: 'RFC 8446 section 4.4.2', url: 'https://www.rfc-editor.org/rfc/rfc8446#section-4.4.2' },
  },
  'openssl-trust': {
    severity: 'notes',
    message: 'OpenSSL’s own form of certificate, with trust settings: Go, Java and others do not read it.',
    next: 'Use the plain certificate, as exported from here.',
  },
  'bytes-after': {
    severity: 'notes',
    message: 'More bytes follow the object in the file. Strict programs refuse it.',
    next: exportAgain,
  },
  'blocks-damaged': {
    severity: 'warns',
    message: 'The file holds further blocks that are damaged.',
    next: 'Ask for the file again, as an attachment rather than pasted text.',
  },
}

export const fileFinding = (oddity: FileOddity): Finding => ({ code: `file.${oddity}`, ...oddities[oddity] })
