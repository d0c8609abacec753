import { Button, TextInput } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useDesk } from '../desk.ts'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { RoomHeader } from '../parts/RoomHeader.tsx'
import { useToday } from '../parts/use-today.ts'
import { go, useVisit } from '../place.ts'
import { DraftNote } from './DraftNote.tsx'
import classes from './IdentitiesRoom.module.css'
import { IdentityList } from './IdentityList.tsx'
import { IdentityPage } from './IdentityPage.tsx'
import { IdentityTable } from './IdentityTable.tsx'
import { matching, type Order, sorted } from './identity-order.ts'
import { ReminderNote } from './ReminderNote.tsx'
import { Welcome } from './Welcome.tsx'

/** List and detail side by side from this width of the room on. */
const wideFrom = 940

function NewButton({ size }: { size?: 'xs' }) {
  return (
    <Button size={size} leftSection={<IconPlus size={16} aria-hidden />} onClick={() => go({ room: 'create' })}>
      New identity
    </Button>
  )
}

export default function IdentitiesRoom() {
  const { place } = useVisit('identities')
  const { identities, damaged, problem } = useDesk()
  const today = useToday()
  const { ref, width } = useElementSize()
  const [search, setSearch] = useState('')
  const [order, setOrder] = useState<Order>({ by: 'left', descending: false })

  if (problem && problem.code !== 'vault.locked') {
    return (
      <div className={classes.notes}>
        <ProblemNote problem={problem} />
      </div>
    )
  }
  const chosen = place?.identity
  if (identities.length === 0 && damaged.length === 0 && !chosen) return <Welcome />

  const shown = sorted(matching(identities, search), order, today)
  const wide = width >= wideFrom
  const notes = (
    <>
      {damaged.map((name) => (
        <ProblemNote key={name} problem={{ code: 'vault.record-damaged', name }} />
      ))}
      <ReminderNote />
      <DraftNote />
    </>
  )
  const searchField = (
    <TextInput
      aria-label="Search identities"
      placeholder="Search"
      value={search}
      onChange={(event) => setSearch(event.currentTarget.value)}
      leftSection={<IconSearch size={15} stroke={1.6} aria-hidden />}
      className={classes.search}
    />
  )
  const nothing = shown.length === 0 && <p className={classes.nothing}>No identity of that name.</p>

  if (!chosen) {
    return (
      <div ref={ref} className={classes.full}>
        <RoomHeader
          title="Identities"
          actions={
            <>
              {searchField}
              <NewButton />
            </>
          }
        />
        <div className={classes.notes}>{notes}</div>
        {shown.length > 0 && <IdentityTable identities={shown} order={order} onOrder={setOrder} today={today} />}
        {nothing}
      </div>
    )
  }
  return (
    <div ref={ref} className={classes.split} data-wide={wide || undefined}>
      {wide && (
        <div className={classes.side}>
          <div className={classes.sideHead}>
            {searchField}
            <NewButton size="xs" />
          </div>
          <IdentityList identities={shown} chosen={chosen} today={today} />
          {nothing}
        </div>
      )}
      <div className={classes.page} key={chosen}>
        <IdentityPage handle={chosen} alone={!wide} />
      </div>
    </div>
  )
}
