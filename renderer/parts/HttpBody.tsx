import { SegmentedControl } from '@mantine/core'
import { useMemo, useState } from 'react'
import { formatted } from '../../shared/formatted-body.ts'
import { CodeBlock } from './CodeBlock.tsx'
import { CopyButton } from './CopyText.tsx'
import classes from './HttpBody.module.css'

type BodyProps = { body: string; label: string }

/** The body of a request or an answer: JSON laid out, or as it came. */
export function HttpBody({ body, label }: BodyProps) {
  const pretty = useMemo(() => formatted(body), [body])
  const [view, setView] = useState<'formatted' | 'sent'>('formatted')
  const shown = view === 'formatted' && pretty !== null ? pretty : body
  return (
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
      <CodeBlock label={label} wrap>
        {shown}
      </CodeBlock>
    </>
  )
}

type HeaderProps = { headers: readonly (readonly [string, string])[]; masked?: readonly string[] }

/** Headers in their order. Of those that are masked only the length is known. */
export function HeaderTable({ headers, masked = [] }: HeaderProps) {
  return (
    <table className={`table ${classes.headers}`}>
      <tbody>
        {headers.map(([name, value], at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same header may come twice
          <tr key={at}>
            <th scope="row" className="mono">
              {name}
            </th>
            <td className="mono">
              {value}
              {masked.includes(name) && <span className={classes.masked}> not kept</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
