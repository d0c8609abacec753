import { SegmentedControl } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { Attempt } from '../../shared/tls/attempt.ts'
import { redirectOf } from '../../shared/tls/redirect.ts'
import { CopyButton } from '../parts/CopyText.tsx'
import { formatted } from './formatted-body.ts'
import { RedirectNote } from './RedirectNote.tsx'
import classes from './ResultPane.module.css'

type Props = {
  http: NonNullable<Attempt['http']>
  attempt: Attempt
  /** From the history, where bodies are not kept. */
  old: boolean
}

/** The HTTP answer as it was read. */
export function AnswerPane({ http, attempt, old }: Props) {
  const redirect = redirectOf(attempt.url, http)
  const pretty = useMemo(() => formatted(http.body), [http.body])
  const [view, setView] = useState<'formatted' | 'sent'>(pretty === null ? 'sent' : 'formatted')
  const shown = view === 'formatted' && pretty !== null ? pretty : http.body
  return (
    <>
      <p className={classes.status}>
        <strong>
          {http.status} {http.statusText}
        </strong>
        <span className="dim">
          {attempt.alpn === 'h2' && 'over HTTP/2 · '}
          {http.bodyBytes.toLocaleString()} bytes
          {http.truncated && `; the first ${http.body.length.toLocaleString()} characters are shown`}
        </span>
      </p>
      {redirect && <RedirectNote redirect={redirect} />}
      {http.body !== '' && (
        <>
          <div className={classes.bodyHead}>
            <h3>Body</h3>
            {pretty !== null && (
              <SegmentedControl
                size="xs"
                aria-label="Form of the body"
                value={view}
                onChange={(value) => setView(value as 'formatted' | 'sent')}
                data={[
                  { value: 'formatted', label: 'Formatted' },
                  { value: 'sent', label: 'As sent' },
                ]}
              />
            )}
            <CopyButton text={shown} what="body" />
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
          <section className={classes.text} tabIndex={0} aria-label="Body of the answer">
            <pre>{shown}</pre>
          </section>
        </>
      )}
      {http.body === '' && (
        <p className="dim">{old && http.bodyBytes > 0 ? 'The body is not kept.' : 'The answer has no body.'}</p>
      )}
      <h3>Headers</h3>
      <table className={classes.headers}>
        <tbody>
          {http.headers.map(([name, value], at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same header may come twice
            <tr key={at}>
              <th scope="row" className="mono">
                {name}
              </th>
              <td className="mono">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
