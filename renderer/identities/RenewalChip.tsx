import { IconRefresh } from '@tabler/icons-react'
import type { Renewal } from '../../shared/identity.ts'
import { stageOf, stageWords } from '../../shared/renewal/renewal.ts'
import classes from './Chip.module.css'

/** Where a renewal stands, in a list; nothing once it is done. */
export function RenewalChip({ renewal, today }: { renewal: Renewal | undefined; today: Date }) {
  if (!renewal || stageOf(renewal) === 'done') return null
  const words = stageWords(renewal, today)
  return (
    <span className={classes.chip} data-tone={stageOf(renewal) === 'waiting' ? 'waiting' : 'do'} title={words}>
      <IconRefresh size={12} stroke={2} aria-hidden />
      <span className={classes.words}>{words}</span>
    </span>
  )
}
