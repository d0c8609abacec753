import { blanksIn, fillKnown } from './template.ts'

/** A call as it is sent, or with `{blanks}` still in it. */
export type Call = { url: string; headers: { name: string; value: string }[]; body?: string }

type Values = Readonly<Record<string, string>>

/** The names of the blanks that stand in a call, each once. */
export function blanksOf({ url, headers, body }: Call): string[] {
  const texts = [url, body ?? '', ...headers.map(({ value }) => value)]
  return [...new Set(texts.flatMap(blanksIn))]
}

/**
 * Fills blanks, escaped as their place demands: percent-encoded in the address, as JSON text or form value in such a
 * body, as they are in headers. Blanks without a value stay.
 */
export function fillCall(call: Call, values: Values): Call {
  return {
    url: fillKnown(call.url, escaped(values, encodeURIComponent)),
    headers: call.headers.map(({ name, value }) => ({ name, value: fillKnown(value, values) })),
    body: call.body === undefined ? undefined : fillKnown(call.body, escaped(values, bodyQuote(call))),
  }
}

const escaped = (values: Values, quote: (value: string) => string): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, quote(value)]))

function bodyQuote({ headers }: Call): (value: string) => string {
  const kind = headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value.toLowerCase() ?? ''
  if (kind.includes('json')) return (value) => JSON.stringify(value).slice(1, -1)
  return kind.includes('x-www-form-urlencoded') ? encodeURIComponent : (value) => value
}

/** Takes values out of a text again and puts the blank's name in their place; short ones would hit by chance. */
export function withoutValues(text: string, values: Values): string {
  let clean = text
  for (const [name, value] of Object.entries(values)) {
    if (value.length < 4) continue
    for (const form of new Set([value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)])) {
      clean = clean.replaceAll(form, `{${name}}`)
    }
  }
  return clean
}
