import { Button, Loader } from '@mantine/core'
import { IconFileSearch } from '@tabler/icons-react'
import { type CSSProperties, useCallback, useEffect, useRef, useState } from 'react'
import { desk } from '../desk.ts'
import { EmptyState } from '../parts/EmptyState.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { RoomHeader } from '../parts/RoomHeader.tsx'
import { useToday } from '../parts/use-today.ts'
import { useVisit } from '../place.ts'
import { AddressForm } from './AddressForm.tsx'
import { CompareDialog } from './CompareDialog.tsx'
import { ComparePane } from './ComparePane.tsx'
import { ConvertDialog } from './ConvertDialog.tsx'
import { Details } from './Details.tsx'
import { Divider, useListShare } from './Divider.tsx'
import classes from './InspectRoom.module.css'
import { type Screen, type Showing, useInspect } from './inspect-store.ts'
import { LeftOut } from './LeftOut.tsx'
import { listingSays } from './listing.ts'
import { ObjectList } from './ObjectList.tsx'
import { PasteBox } from './PasteBox.tsx'
import { useCompare } from './use-compare.ts'
import { StartWays, Toolbar } from './Ways.tsx'

/** Drop anything anywhere: left what was dropped, right the opened object. */
export default function InspectRoom() {
  const { place, visit } = useVisit('inspect')
  const screen = useInspect((state) => state.screen)
  const open = useInspect((state) => state.open)
  const stop = useInspect((state) => state.stop)
  const [converting, setConverting] = useState(false)
  const convert = useCallback(() => setConverting(true), [])
  const { asking, start, close } = useCompare(convert)

  // biome-ignore lint/correctness/useExhaustiveDependencies: files are brought once, by the visit that names them
  useEffect(() => {
    if (place?.from) void open(place.from)
  }, [visit])
  // Whoever is here is about to bring something: the process that reads it takes a moment to start.
  useEffect(() => void desk.warmReader({}), [])

  const shown = screen.at === 'reading' ? screen.before : screen
  const showing = shown.at === 'showing' ? shown : null
  return (
    <div className={classes.room}>
      <RoomHeader
        title="Inspect"
        says={showing ? listingSays(showing.listing) : 'What is in these files, and what belongs together'}
        actions={showing && <Toolbar onCompare={start} onConvert={convert} />}
      />
      {screen.at === 'reading' && (
        <p className={classes.reading} role="status">
          <Loader size={14} aria-hidden /> Reading …
          <Button size="compact-xs" variant="subtle" aria-label="Cancel reading" onClick={stop}>
            Cancel
          </Button>
        </p>
      )}
      <Shown screen={shown} onCompare={start} />
      {showing && <CompareDialog showing={showing} opened={asking} onClose={close} />}
      {showing && <ConvertDialog showing={showing} opened={converting} onClose={() => setConverting(false)} />}
    </div>
  )
}

function Shown({ screen, onCompare }: { screen: Exclude<Screen, { at: 'reading' }>; onCompare: () => void }) {
  if (screen.at === 'showing') {
    const { listing } = screen
    const isEmpty = listing.rows.length === 0 && (listing.done || listing.stopped)
    return isEmpty ? <NothingFound showing={screen} /> : <Split showing={screen} onCompare={onCompare} />
  }
  return (
    <div className={classes.start}>
      {screen.at === 'refused' && (
        <div className={classes.refused}>
          <ProblemNote problem={screen.problem} />
        </div>
      )}
      <EmptyState
        icon={IconFileSearch}
        title="Drop files or a folder anywhere in the window"
        says="Certificates, signing requests, keys, bundles, keystores and revocation lists, in any encoding. They are read on this computer; keys are never shown."
      >
        <StartWays />
      </EmptyState>
      <div className={classes.others}>
        <PasteBox />
        <AddressForm />
      </div>
    </div>
  )
}

function NothingFound({ showing }: { showing: Showing }) {
  const { leftOut } = showing.listing
  return (
    <div className={classes.start}>
      <EmptyState
        icon={IconFileSearch}
        title="Nothing to show in what was dropped"
        says={
          leftOut.length > 0
            ? 'No file could be read; each has its reason below.'
            : 'No file held a certificate, request, key, bundle or revocation list. Drop the files that the provider sent.'
        }
      >
        <StartWays />
      </EmptyState>
      <div className={classes.alone}>
        <LeftOut leftOut={leftOut} open />
      </div>
    </div>
  )
}

function Split({ showing, onCompare }: { showing: Showing; onCompare: () => void }) {
  const today = useToday()
  const details = useRef<HTMLElement>(null)
  const share = useListShare((state) => state.share)
  const { listing, comparing, drop } = showing
  return (
    <div className={classes.split} style={{ '--list-share': `${share}%` } as CSSProperties}>
      <div className={classes.left}>
        <ObjectList
          key={drop}
          showing={showing}
          today={today}
          onEnter={() => details.current?.focus()}
          onCompare={onCompare}
        />
        {listing.trouble && <ProblemNote problem={listing.trouble} />}
        <LeftOut key={`left out ${drop}`} leftOut={listing.leftOut} />
      </div>
      <Divider />
      {comparing ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        <section className={classes.right} ref={details} tabIndex={0} aria-label="Details">
          <ComparePane pair={comparing} listing={listing} />
        </section>
      ) : (
        <Details showing={showing} today={today} detailsRef={details} />
      )}
    </div>
  )
}
