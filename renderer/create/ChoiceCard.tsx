import { Radio } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import classes from './Steps.module.css'

type ChoiceCardProps = {
  value: string
  name: ReactNode
  /** The technical term for it, in grey. */
  term?: string
  /** Beside the name, such as `recommended`. */
  tag?: ReactNode
  says: ReactNode
  tabIndex: 0 | -1
}

/** One of a few choices. It is heard by its name, and what speaks for it after that. */
export function ChoiceCard({ value, name, term, tag, says, tabIndex }: ChoiceCardProps) {
  const id = useId()
  return (
    <Radio.Card
      value={value}
      className={classes.choice}
      aria-labelledby={`${id}-name`}
      aria-describedby={`${id}-says`}
      tabIndex={tabIndex}
    >
      <Radio.Indicator size="xs" className={classes.indicator} />
      <span className={classes.choiceWords} id={`${id}-says`}>
        <span className={classes.choiceName}>
          <span id={`${id}-name`}>{name}</span>
          {term && <span className="dim"> ({term})</span>}
          {tag && <span className={classes.tag}>{tag}</span>}
        </span>
        {says}
      </span>
    </Radio.Card>
  )
}
