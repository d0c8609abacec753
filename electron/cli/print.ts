import type { Finding } from '../../shared/findings.ts'
import { paperOfProblem } from '../../shared/guide/papers.ts'
import type { Problem } from '../../shared/problems.ts'
import { cliWords } from './cli-words.ts'
import type { Io } from './io.ts'

/** Control and direction characters from a file could rewrite the terminal: they are shown by number instead. */
export const plain = (text: string): string =>
  text.replace(
    /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** Foreign text of several lines: line ends stay, everything else is as in `plain`. */
export const plainLines = (text: string): string => text.split(/\r?\n/).map(plain).join('\n')

export type Paint = (text: string, as: 'strong' | 'good' | 'bad' | 'soon' | 'quiet') => string

const codes = { strong: 1, good: 32, bad: 31, soon: 33, quiet: 2 }

export const painter = ({ colour }: Pick<Io, 'colour'>): Paint =>
  colour ? (text, as) => `\u001b[${codes[as]}m${text}\u001b[0m` : (text) => text

/** Two columns; lines without a value are left out, further lines of a value stand under its first. */
export function columns(
  rows: readonly (readonly [string, string | readonly string[] | undefined])[],
  indent = '',
): string {
  const shown = rows.filter(([, value]) => value !== undefined && value.length > 0)
  const width = Math.max(0, ...shown.map(([name]) => name.length)) + 2
  return shown
    .map(([name, value]) => {
      const lines = typeof value === 'string' ? [value] : (value ?? [])
      return lines.map((line, i) => `${indent}${(i === 0 ? name : '').padEnd(width)}${plain(line)}`).join('\n')
    })
    .join('\n')
}

const marks = { refuses: 'bad', warns: 'soon', notes: 'quiet' } as const

export function findingLines(findings: readonly Finding[], paint: Paint, indent = ''): string {
  return findings
    .map(({ severity, code, message, next, source }) => {
      const more = [next, source && `(${source.title}${source.url ? `, ${source.url}` : ''})`].filter(Boolean)
      const lines = [`${paint(severity, marks[severity])}  ${plain(message)}  ${paint(code, 'quiet')}`]
      lines.push(...more.map((line) => `         ${plain(line ?? '')}`))
      return lines.map((line) => indent + line).join('\n')
    })
    .join('\n')
}

/** Where it is told at length: in the repository, and by the command line itself. */
export const moreLine = (code: string, paper: string, paint: Paint): string =>
  paint(`  More: ${paper} (countersign help ${code})`, 'quiet')

export function problemLines(problem: Problem, paint: Paint): string {
  const { title, causes, next } = cliWords(problem)
  return [
    paint(plain(title), 'bad'),
    ...causes.map((cause) => `  Perhaps: ${plain(cause)}`),
    `  ${plain(next)}`,
    moreLine(problem.code, paperOfProblem(problem.code), paint),
  ].join('\n')
}

export const problemJson = (problem: Problem) => {
  const { title, causes, next } = cliWords(problem)
  return { code: problem.code, title, causes, next, guide: paperOfProblem(problem.code) }
}
