import { Fragment, type ReactNode } from 'react'
import classes from './KeyValue.module.css'

/** One fact: its plain name, its value. Facts without a value are left out. */
export type Pair = [name: ReactNode, value: ReactNode]

type KeyValueProps = {
  pairs: (Pair | null | false)[]
  /** A common width of the names, in px, so that several lists stand in line. */
  nameWidth?: number
}

/** Facts as two columns. */
export function KeyValue({ pairs, nameWidth }: KeyValueProps) {
  const shown = pairs.filter((pair): pair is Pair => Boolean(pair && pair[1] !== undefined && pair[1] !== ''))
  return (
    <dl
      className={classes.list}
      style={nameWidth ? { gridTemplateColumns: `${nameWidth}px minmax(0, 1fr)` } : undefined}
    >
      {shown.map(([name, value], at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the facts of one object keep their order
        <Fragment key={at}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  )
}
