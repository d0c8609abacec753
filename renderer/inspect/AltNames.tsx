import { Anchor } from '@mantine/core'
import { useState } from 'react'
import { visibleStart } from '../parts/visible-text.ts'
import { altNameWords } from './field-words.ts'
import classes from './ObjectPane.module.css'

const firstNames = 30
const longest = 1000

/** The names a certificate stands for, all of them on demand. */
export function AltNames({ names }: { names: readonly string[] }) {
  const [all, setAll] = useState(false)
  const shown = all ? names : names.slice(0, firstNames)
  return (
    <>
      <ul className={classes.names}>
        {shown.map((name, at) => {
          const { kind, value } = altNameWords(name)
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same name may stand twice
            <li key={at}>
              <span className="dim">{kind}</span>{' '}
              <span className="mono selectable">
                <bdi>{visibleStart(value, longest)}</bdi>
              </span>
            </li>
          )
        })}
      </ul>
      {names.length > shown.length && (
        <Anchor component="button" type="button" fz="inherit" onClick={() => setAll(true)}>
          Show all {names.length.toLocaleString()}
        </Anchor>
      )}
    </>
  )
}
