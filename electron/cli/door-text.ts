import type { DoorReport, DoorRow, DoorVerdict } from '../../shared/door/door-report.ts'
import { caseWords, verdictWords, versionWords } from '../../shared/door/door-words.ts'
import { type Paint, plain } from './print.ts'

const marks: Record<DoorVerdict, [string, Parameters<Paint>[1]]> = {
  shut: ['+', 'good'],
  'lets-in': ['+', 'good'],
  open: ['x', 'bad'],
  'shuts-out': ['x', 'bad'],
  'cannot-tell': ['?', 'soon'],
  'not-tried': ['-', 'quiet'],
}

/** One line for each row that is done: what was presented, in which TLS, the verdict, what was seen. */
export function rowLine(
  { case: one, version, verdict = 'not-tried', because = '', seen }: DoorRow,
  paint: Paint,
): string {
  const [mark, as] = marks[verdict]
  const words = verdict === 'open' ? 'OPEN' : verdictWords[verdict].toLowerCase()
  const told = verdict === 'shut' || verdict === 'lets-in' ? (seen?.says ?? '') : because
  const what = `${caseWords[one].name.padEnd(21)}${versionWords[version]}  ${words.padEnd(12)}`
  return `${paint(mark, as)} ${verdict === 'open' ? paint(what, 'bad') : what}  ${paint(plain(told), 'quiet')}`
}

/** The whole of it, below the rows. */
export function doorText({ outcome, title, next, connections, durationMs }: DoorReport, paint: Paint): string {
  const as = outcome === 'shut' ? 'good' : outcome === 'cannot-tell' ? 'soon' : 'bad'
  const lines = ['', `${paint(title, as)}.`, ...next.map((one) => `  ${plain(one)}`)]
  return [...lines, paint(`${connections} connections in ${(durationMs / 1000).toFixed(1)} s`, 'quiet')].join('\n')
}
