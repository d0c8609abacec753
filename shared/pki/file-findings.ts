import type { Finding } from '../findings.ts'

/** What was unusual about a file whose content could be read all the same. */
export type FileOddity =
  | 'byte-order-mark'
  | 'utf-16'
  | 'newlines-lost'
  | 'escaped-newlines'
  | 'dashes-wrong'
  | 'label-wrong'
  | 'label-case'
  | 'end-line-missing'
  | 'end-line-other'
  | 'header-lines-missing'
  | 'base64-twice'
  | 'quoted'
  | 'characters-odd'
  | 'embedded'
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
  'escaped-newlines': {
    severity: 'warns',
    message: 'The line breaks are spelt “\\n”, as in a JSON or .env file. Most programs refuse it.',
    next: 'Replace each “\\n” by a line break, or export it from here.',
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
