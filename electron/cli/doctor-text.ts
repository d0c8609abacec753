import type { z } from 'zod'
import type { DoctorOut } from './output.ts'
import { type Paint, plain } from './print.ts'

const marks = { accepted: '+', refused: 'x', unproven: '?', unreachable: 'x', 'not-tested': '-' } as const

/** The state of every identity, one block each, for people. */
export function doctorText({ identities, damaged }: z.infer<typeof DoctorOut>, paint: Paint): string {
  const blocks = identities.map((one) => {
    const { name, provider, environment, state, daysLeft, tests } = one
    const left =
      daysLeft === undefined ? '' : daysLeft < 0 ? `, expired ${-daysLeft} days ago` : `, ${daysLeft} days left`
    const lines = [`${paint(plain(name), 'strong')}  ${plain(provider)} ${plain(environment)}, ${state}${left}`]
    for (const { url, outcome, cause, says, next } of tests) {
      const as = outcome === 'accepted' ? 'good' : outcome === 'not-tested' || outcome === 'unproven' ? 'soon' : 'bad'
      lines.push(
        `  ${paint(marks[outcome], as)} ${plain(url ?? 'no address')}  ${plain(says)}  ${paint(cause, 'quiet')}`,
      )
      if (next && outcome !== 'accepted') lines.push(`    ${plain(next)}`)
    }
    return lines.join('\n')
  })
  const bad = identities.filter(({ well }) => !well).length
  const sum =
    identities.length === 0
      ? 'No identity in the vault has a certificate yet.'
      : bad === 0
        ? `${identities.length === 1 ? 'The identity works' : `All ${identities.length} identities work`}.`
        : `${bad} of ${identities.length} need attention.`
  const lost = damaged.map((name) => paint(`Damaged and set aside: ${plain(name)}`, 'bad'))
  return [...blocks, ...lost, paint(sum, bad === 0 && damaged.length === 0 ? 'good' : 'bad')].join('\n\n')
}
