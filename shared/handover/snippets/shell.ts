import { partsOf, variableOf } from '../snippet.ts'

/** A text that every POSIX shell takes as it is; blanks become variables. */
export function shellText(text: string, blanks: readonly string[]): string {
  const parts = partsOf(text, blanks).map((part) =>
    'blank' in part ? `"$${variableOf(part.blank)}"` : plain(part.text),
  )
  return parts.join('') || "''"
}

const plain = (text: string) =>
  /^[A-Za-z0-9_./:@%+,-][A-Za-z0-9_./:=@%+,~-]*$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

/** A path that is not read as an option. */
export const shellPath = (path: string): string => plain(path.startsWith('-') ? `./${path}` : path)
