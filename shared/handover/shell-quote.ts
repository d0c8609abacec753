/** What every POSIX shell takes as it stands. A leading `~` or `=` would be expanded by some. */
const bare = /^[A-Za-z0-9_./:@%+,-][A-Za-z0-9_./:=@%+,~-]*$/

/** One word for a POSIX shell. */
export const shellQuoted = (text: string): string => (bare.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`)

/** A path as one word that no program reads as an option: curl takes `-` for standard input, too. */
export const shellPath = (path: string): string => shellQuoted(path.startsWith('-') ? `./${path}` : path)
