import { Button, TextInput } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { IconDotsVertical, IconFilter, IconPlus, IconSearch } from '@tabler/icons-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useDesk } from '../desk.ts'
import { type Command, useOfferedCommands } from '../parts/commands.ts'
import { later, laterComponent, useLater } from '../parts/later.ts'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { RoomHeader } from '../parts/RoomHeader.tsx'
import { remindDaysOf } from '../parts/state-words.ts'
import { useToday } from '../parts/use-today.ts'
import { go, useVisit } from '../place.ts'
import { toBin, toImport } from './beside-list.ts'
import { DraftNote } from './DraftNote.tsx'
import classes from './IdentitiesRoom.module.css'
import { IdentityList } from './IdentityList.tsx'
import { IdentityTable } from './IdentityTable.tsx'
import { filterCount, filtered } from './identity-filter.ts'
import { matching, sorted } from './identity-order.ts'
import { useList } from './list-store.ts'
import { Welcome } from './Welcome.tsx'

/** List and detail side by side from this width of the room on. */
const wideFrom = 940

// What the first screen does not show comes after it, so that it is there sooner.
const page = later(async () => (await import('./IdentityPage.tsx')).IdentityPage)
const menu = later(async () => (await import('./MoreMenu.tsx')).MoreMenu)
const reminderNote = later(async () => (await import('./ReminderNote.tsx')).ReminderNote)
const IdentityPage = laterComponent(page)
const BinPane = laterComponent(later(async () => (await import('./BinPane.tsx')).BinPane))
const ImportPane = laterComponent(later(async () => (await import('./ImportPane.tsx')).ImportPane))
const FilterBar = laterComponent(later(async () => (await import('./FilterBar.tsx')).FilterBar))
const PickedBar = laterComponent(later(async () => (await import('./PickedBar.tsx')).PickedBar))

/** Then nothing of the start is waited for any more. */
const restMs = 500

const offered: readonly Command[] = [
  { id: 'identities-import', label: 'Import keys and certificates', run: toImport },
  { id: 'identities-bin', label: 'Open the bin', description: 'What was removed', run: toBin },
]

function NewButton({ size }: { size?: 'xs' }) {
  return (
    <Button size={size} leftSection={<IconPlus size={16} aria-hidden />} onClick={() => go({ room: 'create' })}>
      New identity
    </Button>
  )
}

/** Its button is there at once; what drops down from it comes when the start has come to rest, or when it is asked for. */
function More({ rested }: { rested: boolean }) {
  const [asked, setAsked] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const MoreMenu = useLater(menu, asked || rested)
  if (MoreMenu) return <MoreMenu opened={asked} focused={document.activeElement === button.current} />
  return (
    <Button ref={button} variant="default" px={8} aria-label="More" aria-haspopup="menu" onClick={() => setAsked(true)}>
      <IconDotsVertical size={16} aria-hidden />
    </Button>
  )
}

function SearchField() {
  const { search, setSearch } = useList()
  return (
    <TextInput
      aria-label="Search identities"
      placeholder="Search"
      value={search}
      onChange={(event) => setSearch(event.currentTarget.value)}
      leftSection={<IconSearch size={15} stroke={1.6} aria-hidden />}
      className={classes.search}
    />
  )
}

/** What the list shows: searched, narrowed, sorted. */
function useShown(today: Date) {
  const identities = useDesk((state) => state.identities)
  const remindDays = remindDaysOf(useDesk((state) => state.settings))
  const { search, filter, order } = useList()
  return useMemo(
    () => sorted(filtered(matching(identities, search), filter, today, remindDays), order, today),
    [identities, search, filter, order, today, remindDays],
  )
}

export default function IdentitiesRoom() {
  const { place } = useVisit('identities')
  const { identities, damaged, problem } = useDesk()
  const today = useToday()
  const shown = useShown(today)
  const { ref, width } = useElementSize()
  const { filter } = useList()
  const [filtering, setFiltering] = useState(filterCount(filter) > 0)
  useOfferedCommands('Identities', offered)
  const [rested, setRested] = useState(page.loaded() !== undefined)
  useEffect(() => {
    const timer = setTimeout(() => void page.load().then(() => setRested(true)), restMs)
    return () => clearTimeout(timer)
  }, [])
  const reminds = useDesk((state) => state.reminders.length > 0)
  const ReminderNote = useLater(reminderNote, reminds)

  if (problem && problem.code !== 'vault.locked') {
    return (
      <div className={classes.notes}>
        <ProblemNote problem={problem} />
      </div>
    )
  }
  if (place?.view === 'bin') return <BinPane />
  if (place?.view === 'import') return <ImportPane />
  const chosen = place?.identity
  if (identities.length === 0 && damaged.length === 0 && !chosen) return <Welcome />

  // Drawn together with the list, so that nothing moves when it comes.
  if (!chosen && reminds && !ReminderNote) return null
  const nothing = shown.length === 0 && <p className={classes.nothing}>Nothing here fits search and filter.</p>
  if (!chosen) {
    const narrowed = filterCount(filter)
    return (
      <div ref={ref} className={classes.full}>
        <RoomHeader
          title="Identities"
          actions={
            <>
              <SearchField />
              <Button
                variant={narrowed > 0 ? 'light' : 'default'}
                leftSection={<IconFilter size={15} stroke={1.6} aria-hidden />}
                aria-expanded={filtering}
                onClick={() => setFiltering(!filtering)}
              >
                {narrowed > 0 ? `Filter: ${narrowed}` : 'Filter'}
              </Button>
              <NewButton />
              <More rested={rested} />
            </>
          }
        />
        <div className={classes.notes}>
          {damaged.map((name) => (
            <ProblemNote
              key={name}
              problem={{ code: 'vault.record-damaged', name }}
              action={{ label: 'Show it in the settings', run: () => go({ room: 'settings' }) }}
            />
          ))}
          {ReminderNote && <ReminderNote />}
          <DraftNote />
        </div>
        {filtering && <FilterBar identities={identities} shown={shown.length} />}
        {shown.length > 0 && <IdentityTable identities={shown} today={today} />}
        {nothing}
        <PickedBar identities={identities} />
      </div>
    )
  }
  const wide = width >= wideFrom
  return (
    <div ref={ref} className={classes.split} data-wide={wide || undefined}>
      {wide && (
        <div className={classes.side}>
          <div className={classes.sideHead}>
            <SearchField />
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
