import { shellQuoted } from '../shell-quote.ts'
import { partsOf, variableOf } from '../snippet.ts'

/** A text that every POSIX shell takes as it is; blanks become variables. */
export function shellText(text: string, blanks: readonly string[]): string {
  const parts = partsOf(text, blanks).map((part) =>
    'blank' in part ? `"$${variableOf(part.blank)}"` : shellQuoted(part.text),
  )
  return parts.join('') || "''"
}
