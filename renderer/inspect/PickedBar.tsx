import { Button, CloseButton } from '@mantine/core'
import { IconArrowsLeftRight } from '@tabler/icons-react'
import type { Showing } from './inspect-store.ts'
import { useInspect } from './inspect-store.ts'
import classes from './ListHead.module.css'
import { fileName, titleOf } from './object-words.ts'

/** What is marked to be compared, below the list. */
export function PickedBar({ showing, onCompare }: { showing: Showing; onCompare: () => void }) {
  const pick = useInspect((state) => state.pick)
  const { picked, listing } = showing
  const rows = picked.flatMap((id) => listing.byId.get(id) ?? [])
  const titles = new Set(rows.map(titleOf))
  // A certificate and its renewal have one name: then the file tells them apart.
  const names = rows.map((row) => (titles.size < rows.length ? `${titleOf(row)}, ${fileName(row.file)}` : titleOf(row)))
  if (names.length === 0 || showing.comparing) return null
  const clear = () => {
    for (const id of picked) pick(id)
  }
  return (
    <section className={classes.picked} aria-label="To compare">
      <span className={classes.pickedWords} title={names.join(' and ')}>
        {names.length === 1 ? `“${names[0]}” to compare: choose a second` : `“${names[0]}” and “${names[1]}”`}
      </span>
      <Button
        size="xs"
        variant={names.length === 2 ? 'filled' : 'default'}
        leftSection={<IconArrowsLeftRight size={15} stroke={1.6} aria-hidden />}
        onClick={onCompare}
      >
        {names.length === 2 ? 'Compare' : 'Compare with …'}
      </Button>
      <CloseButton size="sm" aria-label="Compare nothing" onClick={clear} />
    </section>
  )
}
