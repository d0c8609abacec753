import { Fragment, type ReactNode } from 'react'
import classes from './KeyValue.module.css'

/** One fact: its plain name, its value. Facts without a value are left out. */
export type Pair = [name: ReactNode, value: ReactNode]

/** Facts as two columns, or one under the other where it is narrow. */
export function KeyValue({ pairs }: { pairs: (Pair | null | false)[] }) {
  const shown = pairs.filter((pair): pair is Pair => Boolean(pair && pair[1] !== undefined && pair[1] !== ''))
  return (
    <dl className={classes.list}>
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
