import type { Option } from './args.ts'
import type { Command } from './command.ts'

const width = 78

/** Words in lines of 78 characters; further lines are indented. */
export function wrapped(text: string, indent: number): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line && line.length + word.length + 1 > width - indent) {
      lines.push(line)
      line = word
    } else line = line ? `${line} ${word}` : word
  }
  return [...lines, line].join(`\n${' '.repeat(indent)}`)
}

export function helpFor({ name, usage, says, notes = [], options, examples }: Command): string {
  const all: Record<string, Option> = { ...options, help: { says: 'show this' } }
  const rows = Object.entries(all).map(
    ([option, { takes, says: meaning }]) =>
      [`${option.length === 1 ? '-' : '--'}${option}${takes ? ` ${takes}` : ''}`, meaning] as const,
  )
  const left = Math.max(...rows.map(([option]) => option.length)) + 4
  return [
    `countersign ${name} ${usage}`.trim(),
    '',
    wrapped(says, 0),
    ...notes.map((note) => `\n${wrapped(note, 0)}`),
    '',
    'Options',
    ...rows.map(([option, meaning]) => `  ${option.padEnd(left - 2)}${wrapped(meaning, left)}`),
    '',
    'Examples',
    ...examples.map((example) => `  ${example}`),
  ].join('\n')
}

export function overview(commands: readonly Command[]): string {
  const left = Math.max(...commands.map(({ name }) => name.length)) + 4
  return [
    'countersign COMMAND …   mutual TLS onboarding, on the command line',
    '',
    ...commands.map(
      ({ name, says }) => `  ${name.padEnd(left - 2)}${wrapped(says.split('. ')[0]?.replace(/\.$/, '') ?? says, left)}`,
    ),
    '',
    '  help TOPIC     the guide: a page, a code such as vault.busy, or words to look for',
    '',
    'Each command has --help and --json. Exit code: 0 good, 1 refused, 2 not understood.',
  ].join('\n')
}
