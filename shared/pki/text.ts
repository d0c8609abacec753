import type { Bytes } from './der.ts'
import { textOfCodes } from './der.ts'
import type { FileOddity } from './file-findings.ts'

/** A file's text with everything undone that mail, chats, editors and shells do to PEM, and what that was. */
export type PlainText = { text: string; oddities: FileOddity[] }

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Share of the bytes that a binary file has outside printable ASCII is about two thirds; text has next to none. */
const probe = 2048

/** The text of a file, `null` when the bytes are no text. */
export function textOfFile(bytes: Bytes): PlainText | null {
  const oddities: FileOddity[] = []
  const text = decoded(bytes, oddities)
  return text === null ? null : { text: undone(text, oddities), oddities }
}

/** The same with nothing undone: a byte order mark is its first letter. */
export function textAsItIs(bytes: Bytes): string | null {
  const oddities: FileOddity[] = []
  const text = decoded(bytes, oddities)
  const marked = oddities.length > 0 && (bytes[0]! > 0x7f || bytes[1]! > 0x7f)
  return marked ? `\ufeff${text}` : text
}

function decoded(bytes: Bytes, oddities: FileOddity[]): string | null {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    oddities.push('utf-16')
    return utf16(bytes.subarray(2), bytes[0] === 0xff)
  }
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    oddities.push('byte-order-mark')
    return eightBit(bytes.subarray(3))
  }
  const wide = wideWithoutMark(bytes)
  if (wide === null && looksBinary(bytes)) return null
  if (wide) oddities.push('utf-16')
  return wide ? utf16(bytes, wide === 'little') : eightBit(bytes)
}

function utf16(bytes: Bytes, little: boolean): string {
  return new TextDecoder(little ? 'utf-16le' : 'utf-16be').decode(bytes)
}

function eightBit(bytes: Bytes): string {
  try {
    return utf8.decode(bytes)
  } catch {
    return textOfCodes(bytes)
  }
}

/** ASCII in UTF-16 without a mark: every other byte of the beginning is zero. */
function wideWithoutMark(bytes: Bytes): 'little' | 'big' | null {
  if (bytes.length < 32) return null
  let even = 0
  let odd = 0
  for (let at = 0; at < 32; at++) {
    if (bytes[at] === 0) at % 2 === 0 ? even++ : odd++
  }
  if (odd === 16 && even === 0) return 'little'
  return even === 16 && odd === 0 ? 'big' : null
}

function looksBinary(bytes: Bytes): boolean {
  const length = Math.min(bytes.length, probe)
  let odd = 0
  for (let at = 0; at < length; at++) {
    const octet = bytes[at]!
    if (octet < 9 || (octet > 13 && octet < 32 && octet !== 27)) odd++
  }
  // A stray control octet does not make a binary; an accented text in Windows-1252 has none.
  return odd * 20 > length
}

const unseen = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/

/**
 * Spaces that are none to a program, in or at the edge of a block: names outside it may hold them. What is rare comes
 * first, what has to stand before it is looked back at: at each letter of base64, looking ahead would take seconds.
 */
const wideSpace =
  /[\u00a0\u2007\u202f\u3000](?:(?=[A-Za-z0-9+/]{16}|--)|(?<=(?:[A-Za-z0-9+/]{16}|--|BEGIN|END)[\u00a0\u2007\u202f\u3000]))/

/** A line's end in a string of another language, where lines of a block end or begin: not the folder in `C:\new`. */
const escapedEnd = /\\[nr](?:(?=[-\u2010-\u2015])|(?<=(?:[-\u2010-\u2015]|[A-Za-z0-9+/=]{16})(?:\\r)?\\[nr]))/

/** Tags of web pages, none of which occurs in a PEM file or the text around one. */
const pageTag = /<(?:!doctype|html|head|body|pre|code|p|br|div|span|td|textarea)(?:\s[^<>]{0,400})?\/?>/i

/** One step at a time; the later ones see what the earlier ones left. */
const steps: { oddity: FileOddity; occurs: (text: string) => boolean; undo: (text: string) => string }[] = [
  {
    oddity: 'percent-encoded',
    occurs: (text) => /BEGIN%20[A-Z0-9]/i.test(text),
    undo: (text) => text.replace(/%([0-9A-Fa-f]{2})/g, (_, pair) => String.fromCharCode(Number.parseInt(pair, 16))),
  },
  {
    oddity: 'escaped-newlines',
    occurs: (text) => escapedEnd.test(text),
    undo: (text) => text.replace(/\\r\\n|\\[nr]/g, '\n').replaceAll('\\/', '/'),
  },
  {
    oddity: 'embedded',
    occurs: (text) => pageTag.test(text),
    undo: (text) =>
      text
        .replace(/<[a-z!/][^<>]{0,1000}>/gi, '\n')
        .replace(/&#(?:x([0-9a-f]{1,4})|(\d{1,5}));/gi, (_, hexadecimal, decimal) =>
          String.fromCharCode(hexadecimal ? Number.parseInt(hexadecimal, 16) : Number(decimal)),
        )
        .replace(/&nbsp;/gi, ' '),
  },
  {
    oddity: 'mail-encoded',
    occurs: (text) => /=3D\s*$/m.test(text),
    undo: (text) => text.replaceAll('=3D', '='),
  },
  {
    oddity: 'quoted',
    occurs: (text) => /^[ \t]*>[> \t]*-/m.test(text),
    undo: (text) => text.replace(/^[ \t]*>[> \t]*/gm, ''),
  },
  {
    oddity: 'characters-odd',
    occurs: (text) => unseen.test(text) || wideSpace.test(text),
    undo: (text) => text.replace(new RegExp(unseen.source, 'g'), ''),
  },
]

function undone(given: string, oddities: FileOddity[]): string {
  let text = given
  // Undoing is only for texts that hold a block: anything else is left as it is.
  if (!/BEGIN/i.test(text)) return text
  for (const { oddity, occurs, undo } of steps) {
    if (!occurs(text)) continue
    oddities.push(oddity)
    text = undo(text)
  }
  return text.replace(/[\u00a0\u2007\u202f\u3000]/g, ' ')
}
