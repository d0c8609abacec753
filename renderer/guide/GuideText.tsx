import { Anchor } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import type { GuideBlock, GuideSpan } from '../../shared/guide/guide.ts'
import { desk, useDesk } from '../desk.ts'
import { CodeBlock } from '../parts/CodeBlock.tsx'
import classes from './Guide.module.css'
import { read } from './guide-store.ts'

/** A page of a provider, opened by the name of its source; one that no provider here names stays text. */
function Outside({ url, spans }: { url: string; spans: readonly GuideSpan[] }) {
  const providers = useDesk((state) => state.providers)
  for (const { profile } of providers) {
    const source = Object.entries(profile.sources).find(([, one]) => one.url === url)?.[0]
    if (source === undefined) continue
    return (
      <Anchor
        component="button"
        type="button"
        fz="inherit"
        underline="always"
        className={classes.outsideLink}
        title={url}
        onClick={() => void desk.openPage({ topic: 'provider-source', provider: profile.id, source })}
      >
        <Spans of={spans} />
        <IconExternalLink size={12} stroke={1.8} className={classes.outside} aria-label="opens in the browser" />
      </Anchor>
    )
  }
  return <Spans of={spans} />
}

function Span({ span }: { span: GuideSpan }) {
  if (typeof span === 'string') return span
  switch (span.is) {
    case 'code':
      return <code className={classes.code}>{span.text}</code>
    case 'strong':
      return (
        <strong>
          <Spans of={span.spans} />
        </strong>
      )
    case 'emphasis':
      return (
        <em>
          <Spans of={span.spans} />
        </em>
      )
    case 'place':
      return (
        <Anchor component="button" type="button" fz="inherit" underline="always" onClick={() => read(span.place)}>
          <Spans of={span.spans} />
        </Anchor>
      )
    default:
      return <Outside url={span.url} spans={span.spans} />
  }
}

// Pieces of a text never change their places: their numbers are good keys.
function Spans({ of }: { of: readonly GuideSpan[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: as above
  return of.map((span, at) => <Span key={at} span={span} />)
}

function Block({ block, marked }: { block: GuideBlock; marked?: string }) {
  switch (block.is) {
    case 'text':
      return (
        <p>
          <Spans of={block.spans} />
        </p>
      )
    case 'code':
      return (
        <CodeBlock className={classes.example} whole>
          {block.text}
        </CodeBlock>
      )
    case 'list': {
      const List = block.ordered ? 'ol' : 'ul'
      return (
        <List>
          {block.items.map((item, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <li key={at}>
              <Blocks of={item} marked={marked} />
            </li>
          ))}
        </List>
      )
    }
    default:
      return (
        <div className={classes.tableFrame}>
          <table className={`table ${classes.table}`}>
            <thead>
              <tr>
                {block.head.map((cell, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above
                  <th key={at} scope="col">
                    <Spans of={cell} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {block.rows.map((row, at) => (
                <tr
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above
                  key={at}
                  id={row.id && `guide-${row.id}`}
                  tabIndex={row.id === undefined ? undefined : -1}
                  data-autofocus={(row.id !== undefined && row.id === marked) || undefined}
                  data-marked={(row.id !== undefined && row.id === marked) || undefined}
                >
                  {row.cells.map((cell, column) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: as above
                    <td key={column}>
                      <Spans of={cell} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )
  }
}

/** Paragraphs, lists, examples and tables. `marked`: the code whose row one came for. */
export function Blocks({ of, marked }: { of: readonly GuideBlock[]; marked?: string }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: as above
  return of.map((block, at) => <Block key={at} block={block} marked={marked} />)
}
