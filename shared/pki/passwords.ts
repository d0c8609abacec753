import type { Bytes } from './der.ts'
import { content, der, readDer } from './der.ts'
import { latin1 } from './der-values.ts'

/** A passphrase in the two encodings that key files use. */
export type Password = {
  /** PKCS#5 schemes: UTF-8 (RFC 8018 section 3). */
  utf8: Bytes
  /** PKCS#12 schemes: BMPString with two zero octets after it (RFC 7292 appendix B.1). */
  bmp: Bytes
}

const encoder = new TextEncoder()

function bmpOf(text: string): Bytes {
  const units = content(readDer(der.bmpString(text))!)
  const terminated = new Uint8Array(units.length + 2)
  terminated.set(units)
  return terminated
}

export const passwordOf = (passphrase: string): Password => ({
  utf8: encoder.encode(passphrase),
  bmp: bmpOf(passphrase),
})

/**
 * The encodings that a file may have been written with, likeliest first. An empty passphrase has two in PKCS#12 (no
 * octets, or the terminator alone). OpenSSL before 1.1.0 took each octet of a UTF-8 terminal for a character, and some
 * Windows programs use the BMP form in PKCS#5 schemes.
 */
export function passwordsOf(passphrase: string): Password[] {
  const usual = passwordOf(passphrase)
  if (passphrase === '') return [usual, { utf8: usual.utf8, bmp: new Uint8Array(0) }]
  if (/^[\x00-\x7f]*$/.test(passphrase)) return [usual]
  const octetwise = bmpOf(latin1(usual.utf8))
  return [usual, { utf8: usual.bmp.subarray(0, -2), bmp: octetwise }]
}
