import type { Explanation } from '../../shared/tls/kept-attempts.ts'
import { type Paint, plain } from './print.ts'

/** What to give instead of a text that holds nothing known. */
export const nothingKnown =
  'Nothing in this text is known. Give the whole line of the error with its code (ERR_…, error:…, alert number, curl: (…), javax.net.ssl…), and the lines around it; or what `curl -v` prints for the same address.'

const marks: Record<Explanation['fits'], Parameters<Paint>[1]> = {
  likely: 'bad',
  possible: 'soon',
  'ruled-out': 'quiet',
}

/** Possible causes with what to do; those that are ruled out with the reason, one line each. */
export function explainedText(rows: readonly Explanation[], paint: Paint): string {
  if (rows.length === 0) return nothingKnown
  const [first] = rows
  const left = rows.filter(({ fits }) => fits !== 'ruled-out')
  const out = rows.filter(({ fits }) => fits === 'ruled-out')
  const lines = [
    `Recognised${first?.runtime ? `, in the words of ${first.runtime}` : ''}: “${plain(first?.matched ?? '')}”`,
  ]
  for (const { because, cause, code, fits, next, title } of left) {
    lines.push('', `${paint(fits, marks[fits])}  ${paint(title, 'strong')}  ${paint(code, 'quiet')}`)
    lines.push(`  ${plain(cause)}`, `  ${plain(because)}`, `  ${plain(next)}`)
  }
  if (out.length > 0) lines.push('', left.length > 0 ? 'Ruled out:' : 'What this text stands for is ruled out:')
  for (const { because, code } of out) lines.push(paint(`  ${code}: ${plain(because)}`, 'quiet'))
  return lines.join('\n')
}
