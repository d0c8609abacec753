import type { Bytes } from '../pki/der.ts'
import { childrenOf, der, derOf, Tag, whole } from '../pki/der.ts'
import { visible } from '../pki/der-values.ts'
import { encodeName } from '../pki/name-writer.ts'
import { attributeOid } from '../pki/oids.ts'
import { isCountryCode } from '../providers/country.ts'
import type { AskedPart } from './asked.ts'
import type { Choice, PlanChoice } from './plan-row.ts'

/** What becomes of one part of the name. `row` is the field of its row; `wrong` says why a typed value cannot be. */
export type PartDecision = {
  row: string
  type: string
  asked?: AskedPart
  choice: Choice
  set: string
  /** AttributeTypeAndValue; absent where the part is left out. */
  written?: Bytes
  rdn: string
  wrong?: string
}

/** X.520's upper bounds, which OpenSSL enforces; of others a bound that keeps a row readable. */
const longest: Record<string, number> = { CN: 64, O: 64, OU: 64, L: 128, ST: 128, serialNumber: 64, emailAddress: 255 }
const longestOther = 1024

/** Parts in the order of the certificate: those asked for, then those added. */
export function decideSubject(parts: readonly AskedPart[], choices: readonly PlanChoice[]): PartDecision[] {
  const chosen = new Map(choices.map((one) => [one.field, one]))
  const asked = parts.map((part, at): PartDecision => {
    const row = `subject.${at}`
    const wish = chosen.get(row)
    const usual: Choice = part.plain ? 'take' : 'drop'
    const choice = wish && (wish.choice !== 'take' || part.plain) ? wish.choice : usual
    const set = wish?.value?.[0] ?? (part.plain ? part.value : '')
    const base = { row, type: part.type, asked: part, choice, set, rdn: `${part.rdn}` }
    if (choice === 'take') return { ...base, written: part.raw }
    return choice === 'drop' ? base : { ...base, ...written(part.type, set) }
  })
  const added = choices.flatMap(({ field, choice, value }): PartDecision[] => {
    const type = /^subject\.\+(.+)$/.exec(field)?.[1]
    if (type === undefined || choice !== 'set') return []
    const set = value?.[0] ?? ''
    return [{ row: field, type, choice, set, rdn: field, ...written(type, set) }]
  })
  return [...asked, ...added]
}

function written(type: string, value: string): { written?: Bytes; wrong?: string } {
  const wrong = wrongWith(type, value)
  if (wrong !== undefined) return { wrong }
  const [set] = childrenOf(derOf(encodeName([{ type, value }])), Tag.sequence)
  return { written: whole(childrenOf(set, Tag.set)[0]!) }
}

function wrongWith(type: string, value: string): string | undefined {
  const most = longest[type] ?? longestOther
  if (attributeOid(type) === undefined && !/^\d+(\.\d+)+$/.test(type)) return `There is no name part “${type}”.`
  if (value.trim() === '') return 'It is empty. Leave the part out instead.'
  if (value !== value.trim()) return 'It begins or ends with a space.'
  if ([...value].length > most) return `It has ${[...value].length} characters; ${most} are allowed.`
  if (visible(value) !== value) return 'It holds characters that cannot be seen.'
  if (type === 'C' && !isCountryCode(value)) return 'A country is two capital letters, such as IE.'
  return undefined
}

/** The Name that these parts make (RFC 5280 section 4.1.2.4). Parts of one multi-valued part stay together. */
export function encodeSubject(decisions: readonly PartDecision[]): Bytes {
  const sets = new Map<string, Bytes[]>()
  for (const { rdn, written } of decisions) if (written) sets.set(rdn, [...(sets.get(rdn) ?? []), written])
  return der.sequence(...[...sets.values()].map((pairs) => der.set(...pairs)))
}
