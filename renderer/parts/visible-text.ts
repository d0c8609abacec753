import { visibleText } from '../../shared/visible-text.ts'

export { visibleText }

/** A value made visible, cut to `limit` characters with the number that was left out. */
export function visibleStart(value: string, limit: number): string {
  if (value.length <= limit) return visibleText(value)
  return `${visibleText(value.slice(0, limit))} … (${(value.length - limit).toLocaleString()} more characters)`
}
