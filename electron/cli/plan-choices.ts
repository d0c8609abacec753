import type { Choice, PlanChoice, PlanRow } from '../../shared/authority/plan-row.ts'
import { ok, type Result } from '../../shared/result.ts'
import { type Arguments, splitOnce, usageProblem } from './args.ts'

/** How the rows are called on a command line: by the terms that stand in files. */
const fields: Record<string, string> = {
  san: 'extension.2.5.29.17',
  uses: 'extension.2.5.29.37',
  'key-usage': 'extension.2.5.29.15',
  crl: 'extension.2.5.29.31',
  aia: 'extension.1.3.6.1.5.5.7.1.1',
}

export const choiceOptions = {
  take: { takes: 'FIELD', many: true, says: 'as the request asks: CN, O …, san, uses, key-usage, crl, aia, or an OID' },
  drop: { takes: 'FIELD', many: true, says: 'leave out' },
  set: {
    takes: 'FIELD=VALUE',
    many: true,
    says: 'set, such as CN=api.example, san=DNS:a.example,DNS:b.example, uses=clientAuth',
  },
}

/** What was chosen, by the rows of the plan without choices. */
export function choicesGiven(args: Arguments, rows: readonly PlanRow[]): Result<PlanChoice[]> {
  const choices: PlanChoice[] = []
  for (const choice of ['take', 'drop', 'set'] as const) {
    for (const word of args.all(choice)) {
      const [name, value] = choice === 'set' ? splitOnce(word, '=') : [word, undefined]
      if (choice === 'set' && value === undefined) return usageProblem(`--set ${word} needs a value: ${word}=…`)
      const field = fieldOf(name, choice, rows)
      if (field === null) return usageProblem(`--${choice} ${name}: the request asks for no such field`)
      const lines = field.startsWith('subject.') ? [value ?? ''] : (value ?? '').split(',').filter(Boolean)
      choices.push({ field, choice, ...(choice === 'set' && { value: lines }) })
    }
  }
  return ok(choices)
}

function fieldOf(name: string, choice: Choice, rows: readonly PlanRow[]): string | null {
  if (fields[name] !== undefined) return fields[name]
  if (/^\d+(\.\d+)+$/.test(name)) return `extension.${name}`
  const part = rows.findLast(({ field, term }) => field.startsWith('subject.') && term === name)
  if (part) return part.field
  return choice === 'set' && /^[A-Za-z]{1,20}$/.test(name) ? `subject.+${name}` : null
}
