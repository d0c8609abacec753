import type { z } from 'zod'
import type { VerifyOut } from './output.ts'
import { columns, type Paint, plain } from './print.ts'

/** The verdict, then the path from the leaf upwards, for people. */
export function verdictText(verdict: z.infer<typeof VerifyOut>, paint: Paint): string {
  const { trusted, reason, says, next, path, roots, purpose, name, at } = verdict
  const lines = [
    `${paint(trusted ? 'Trusted' : 'Not trusted', trusted ? 'good' : 'bad')}  ${plain(says)}  ${paint(reason, 'quiet')}`,
  ]
  if (next) lines.push(`  ${plain(next)}`)
  for (const [i, { subject, notAfter, problem }] of path.entries()) {
    const indent = '  '.repeat(i + 1)
    const until = notAfter === '' ? '' : paint(`  until ${notAfter.slice(0, 10)}`, 'quiet')
    lines.push(`${indent}${i === 0 ? '' : '\u2514 '}${plain(subject === '' ? 'without a name' : subject)}${until}`)
    if (problem) lines.push(`${indent}    ${paint(plain(problem), 'bad')}`)
  }
  lines.push(
    columns(
      [
        ['for', [purpose, name].filter(Boolean).join(', ')],
        ['as of', at],
        ['roots', roots.from === 'system' ? `of the system: ${roots.says}` : `${roots.says} given`],
      ],
      '  ',
    ),
  )
  return lines.join('\n')
}
