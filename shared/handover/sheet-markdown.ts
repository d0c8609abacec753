import type { Sheet, SheetPart } from './sheet.ts'

/** Characters that Markdown would read as its own, and HTML that some of its readers let through. */
const plain = (text: string) => text.replace(/[\\`*_[\]<>|#&~]/g, '\\$&').replace(/\s+/g, ' ')

/** In backticks, as many as the text does not hold in a row itself. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${text.replace(/\s+/g, ' ')}${pad}${fence}`
}

/** The sheet for a ticket or a wiki page. */
export function sheetMarkdown(sheet: Sheet): string {
  const head = [
    `# ${plain(sheet.name)}`,
    '',
    `${plain(sheet.where)}: ${plain(sheet.state)}. As of ${sheet.madeOn}.`,
    '',
  ]
  return `${[...head, ...sheet.parts.flatMap(partLines)].join('\n').trimEnd()}\n`
}

function partLines({ title, says, rows = [], steps = [] }: SheetPart): string[] {
  const lines = [`## ${plain(title)}`, '']
  if (says) lines.push(plain(says), '')
  for (const { label, values, form } of rows)
    lines.push(`- **${plain(label)}**: ${values.map(form ? code : plain).join(form ? ', ' : '; ')}`)
  for (const { title: what, state, day, to } of steps) {
    const told = [state === 'not needed' ? state : '', day ?? '', to ? `to ${to}` : ''].filter(Boolean).join(', ')
    lines.push(`- [${state === 'open' ? ' ' : 'x'}] ${plain(what)}${told ? ` (${plain(told)})` : ''}`)
  }
  return [...lines, '']
}
