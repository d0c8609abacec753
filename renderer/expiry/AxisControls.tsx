import { ActionIcon, Button, SegmentedControl } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import classes from './CalendarRoom.module.css'
import { type Zoom, zooms, zoomWords } from './calendar-axis.ts'
import type { useAxis } from './use-axis.ts'

/** How much time is on show, and from when. */
export function AxisControls({ axis }: { axis: ReturnType<typeof useAxis> }) {
  return (
    <>
      <SegmentedControl
        aria-label="Zoom"
        size="xs"
        value={axis.zoom}
        onChange={(value) => axis.setZoom(value as Zoom)}
        data={zooms.map((value) => ({ value, label: zoomWords[value] }))}
      />
      <ActionIcon.Group>
        <ActionIcon variant="default" size={26} aria-label="Earlier" onClick={() => axis.pan(-1)}>
          <IconChevronLeft size={15} aria-hidden />
        </ActionIcon>
        <ActionIcon variant="default" size={26} aria-label="Later" onClick={() => axis.pan(1)}>
          <IconChevronRight size={15} aria-hidden />
        </ActionIcon>
      </ActionIcon.Group>
      {axis.moved && (
        <Button size="xs" variant="subtle" onClick={axis.toToday}>
          Today
        </Button>
      )}
      <Legend />
    </>
  )
}

const signs = [
  ['valid', 'valid'],
  ['renewal', 'renew'],
  ['end', 'expires'],
  ['near', 'soon'],
  ['over', 'expired'],
] as const

function Legend() {
  return (
    <span className={classes.legend} aria-hidden>
      {signs.map(([sign, word]) => (
        <span key={sign} data-sign={sign}>
          {word}
        </span>
      ))}
    </span>
  )
}
