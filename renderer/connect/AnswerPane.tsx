import type { Attempt } from '../../shared/tls/attempt.ts'
import { redirectOf } from '../../shared/tls/redirect.ts'
import { HeaderTable, HttpBody } from '../parts/HttpBody.tsx'
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
      {http.body !== '' && <HttpBody body={http.body} label="Body of the answer" />}
      {http.body === '' && (
        <p className="dim">{old && http.bodyBytes > 0 ? 'The body is not kept.' : 'The answer has no body.'}</p>
      )}
      <h3>Headers</h3>
      <HeaderTable headers={http.headers} />
    </>
  )
}
