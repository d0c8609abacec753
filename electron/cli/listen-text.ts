import type { z } from 'zod'
import { formatted } from '../../shared/formatted-body.ts'
import type { ArrivalOut } from './output-webhooks.ts'
import { type Paint, plain } from './print.ts'

/** One arrival for people: the verdict first, then what was sent. */
export function arrivalText(arrival: z.infer<typeof ArrivalOut>, paint: Paint): string {
  const { at, from, kind, method, path, outcome, says, next, code, status, subject, signed, headers, body } = arrival
  const asked = kind === 'request' ? `${method} ${path}` : 'no request'
  const lines = [
    paint(`${at.slice(11, 19)}  ${outcome}  ${plain(asked)}`, outcome === 'accepted' ? 'good' : 'bad'),
    `  ${plain(says)}  ${paint(code, 'quiet')}`,
    ...(outcome === 'refused' && next !== undefined ? [`  ${plain(next)}`] : []),
    `  from ${from}${status === undefined ? '' : `, answered ${status}`}`,
    `  certificate  ${subject === undefined ? 'none' : plain(subject)}`,
    ...(signed ? [`  signature    ${plain(signed.says)}`] : []),
    ...headers.map(([name, value]) => `  ${plain(name)}: ${plain(value)}`),
    ...(body === '' ? [] : ['', ...(formatted(body) ?? body).split('\n').map((line) => `  ${plain(line)}`)]),
    '',
  ]
  return lines.join('\n')
}
