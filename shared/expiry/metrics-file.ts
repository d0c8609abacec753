import { type ExpiryItem, itemState } from './items.ts'

const labelText = (text: string): string =>
  text
    .replace(/\\/g, '\\\\')
    .replace(/"/g, '\\"')
    .replace(/\r\n|\r|\n/g, '\\n')

const seconds = (iso: string) => Math.floor(Date.parse(iso) / 1000)

/**
 * The ends in Prometheus' text format, for the textfile collector of node_exporter: gauges in seconds since 1970, without
 * timestamps of their own (the collector refuses those). `days left` is for the query to work out, so that it stays true
 * between two writings.
 */
export function metricsFile(items: readonly ExpiryItem[], now: Date): string {
  const dated = items.filter(({ notAfter }) => notAfter !== undefined)
  const labelsOf = ({ id, kind, name, provider, environment }: ExpiryItem) =>
    Object.entries({ kind, name, provider: provider ?? '', environment: environment ?? '', id })
      .map(([label, value]) => `${label}="${labelText(value)}"`)
      .join(',')
  const family = (name: string, help: string, value: (item: ExpiryItem) => number | undefined) => [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} gauge`,
    ...dated.flatMap((item) => {
      const found = value(item)
      return found === undefined ? [] : [`${name}{${labelsOf(item)}} ${found}`]
    }),
  ]
  const stateOf = (item: ExpiryItem) => itemState(item, now)
  const lines = [
    ...family('countersign_not_after_timestamp_seconds', 'When it expires.', ({ notAfter }) =>
      notAfter === undefined ? undefined : seconds(notAfter),
    ),
    ...family('countersign_not_before_timestamp_seconds', 'Since when it is valid.', ({ notBefore }) =>
      notBefore === undefined ? undefined : seconds(notBefore),
    ),
    ...family('countersign_renew_from_timestamp_seconds', 'When its renewal window opens.', ({ renewFrom }) =>
      renewFrom === undefined ? undefined : seconds(renewFrom),
    ),
    ...family('countersign_in_use', '1 while it is in use, 0 once it is replaced or revoked.', (item) =>
      ['replaced', 'revoked'].includes(stateOf(item)) ? 0 : 1,
    ),
    '# HELP countersign_written_timestamp_seconds When this file was written.',
    '# TYPE countersign_written_timestamp_seconds gauge',
    `countersign_written_timestamp_seconds ${Math.floor(now.getTime() / 1000)}`,
  ]
  return `${lines.join('\n')}\n`
}
