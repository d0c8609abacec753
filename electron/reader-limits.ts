/**
 * What reading foreign files may cost. Within these the largest drops that people make fit several times over; what
 * asks for more is an attack, or a fault of ours.
 */

/** The whole reader, its code included: fifty thousand certificates take some 350 MiB. */
export const usualMemoryMiB = 512

export const maxFileMiB = 64
export const maxForeignBytes = maxFileMiB * 1024 * 1024

/** Objects in one reply: few enough that neither main process nor page is held up. */
export const rowsAtOnce = 500

export type ReaderLimits = {
  /** Without a word from the reader about a file, or in a call about an object. */
  fileMs: number
  /** With a passphrase being tried. A million rounds of key derivation are legal and take three seconds. */
  openingMs: number
  /** For all parts of one file together. */
  wholeFileMs: number
  /** Starting takes 0.2 s, on a busy machine seconds; that is no fault of the file. */
  startMs: number
  /** Without anything to read the reader is ended, so that it costs nothing. */
  idleMs: number
  memoryMiB: number
}

export const usualLimits: ReaderLimits = {
  fileMs: 5000,
  openingMs: 20_000,
  wholeFileMs: 60_000,
  startMs: 30_000,
  idleMs: 5 * 60_000,
  memoryMiB: usualMemoryMiB,
}
