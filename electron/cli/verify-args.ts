import { hostOf } from '../../shared/pki/path/host.ts'
import { purposeOids, type Settings, type Use } from '../../shared/pki/path/settings.ts'
import { ok, type Result } from '../../shared/result.ts'
import { type Arguments, usageProblem, wholeNumber } from './args.ts'
import type { Io } from './io.ts'

/** How a path is to be judged, as the options of `verify` say. */
export type Wishes = Pick<Settings, 'purpose' | 'at' | 'revocation' | 'rules'> &
  Partial<Pick<Settings, 'host' | 'maxIntermediates'>>

export const purposes = ['any', ...Object.keys(purposeOids)]
const rules = ['usual', 'rfc5280', 'web']
const revocations = ['known', 'leaf', 'all']

/** Reads the options, or says what is wrong with one. */
export function wishesOf(args: Arguments, io: Io): Result<Wishes> {
  const purpose = oneOf(args, 'purpose', purposes)
  if (!purpose.ok) return purpose
  const revocation = oneOf(args, 'revocation', revocations)
  if (!revocation.ok) return revocation
  const ruleSet = oneOf(args, 'rules', rules)
  if (!ruleSet.ok) return ruleSet
  const depth = wholeNumber(args, 'depth', 0, 20)
  if (!depth.ok) return depth
  const host = args.one('name')
  if (host !== undefined && !hostOf(host)) return usageProblem(`--name is a DNS name or an IP address, not “${host}”`)
  const at = args.has('at') ? dateOf(args.one('at') ?? '') : io.now()
  if (!at) return usageProblem('--at is a date such as 2027-01-31, or a date and time such as 2027-01-31T12:00:00Z')
  return ok({
    purpose: (purpose.value ?? 'any') as Use,
    revocation: (revocation.value ?? (args.has('crl') ? 'all' : 'known')) as Settings['revocation'],
    rules: (ruleSet.value ?? 'usual') as Settings['rules'],
    at,
    ...(host !== undefined && { host }),
    ...(depth.value !== undefined && { maxIntermediates: depth.value }),
  })
}

function oneOf(args: Arguments, name: string, values: readonly string[]): Result<string | undefined> {
  const value = args.one(name)
  if (value === undefined || values.includes(value)) return ok(value)
  return usageProblem(`--${name} is one of ${values.join(', ')}, not “${value}”`)
}

/** ISO 8601; what says no zone is UTC. */
function dateOf(text: string): Date | null {
  if (!/^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/.test(text)) return null
  const whole = text.length === 10 || /(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`
  const date = new Date(whole.replace(' ', 'T').replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`)
  // The 31st of June would be taken for the 1st of July.
  return Number.isNaN(date.getTime()) || day.toISOString().slice(0, 10) !== text.slice(0, 10) ? null : date
}
