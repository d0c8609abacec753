import { Button, Loader } from '@mantine/core'
import { IconClipboardText, IconFileSearch, IconFolderOpen } from '@tabler/icons-react'
import { useEffect, useMemo } from 'react'
import type { Inspection } from '../../shared/pki/facts.ts'
import { EmptyState } from '../parts/EmptyState.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { RoomHeader } from '../parts/RoomHeader.tsx'
import { useToday } from '../parts/use-today.ts'
import { useVisit } from '../place.ts'
import classes from './InspectRoom.module.css'
import { type Screen, useInspect } from './inspect-store.ts'
import { LeftOut } from './LeftOut.tsx'
import { ObjectPane } from './ObjectPane.tsx'
import { ObjectTree } from './ObjectTree.tsx'
import { PasteBox } from './PasteBox.tsx'

function Ways({ showing }: { showing: boolean }) {
  const open = useInspect((state) => state.open)
  const clear = useInspect((state) => state.clear)
  return (
    <>
      <Button
        variant={showing ? 'default' : 'filled'}
        leftSection={<IconFolderOpen size={16} stroke={1.6} aria-hidden />}
        onClick={() => void open({ by: 'choose' })}
      >
        Choose files
      </Button>
      <Button
        variant="default"
        leftSection={<IconClipboardText size={16} stroke={1.6} aria-hidden />}
        onClick={() => void open({ by: 'clipboard' })}
      >
        Read clipboard
      </Button>
      {showing && (
        <Button variant="subtle" color="gray" onClick={clear}>
          Clear
        </Button>
      )}
    </>
  )
}

const plural = (count: number, one: string) => `${count.toLocaleString()} ${count === 1 ? one : `${one}s`}`

function summaryOf({ objects, leftOut }: Inspection): string {
  const files = new Set(objects.map((object) => object.file))
  const from = files.size === 1 && files.has('-') ? 'the pasted text' : plural(files.size, 'file')
  return `${plural(objects.length, 'object')} in ${from}${leftOut.length > 0 ? `, ${leftOut.length} left out` : ''}`
}

/** Drop anything anywhere: left what was dropped, right the opened object. */
export default function InspectRoom() {
  const { place, visit } = useVisit('inspect')
  const screen = useInspect((state) => state.screen)
  const open = useInspect((state) => state.open)

  // biome-ignore lint/correctness/useExhaustiveDependencies: files are brought once, by the visit that names them
  useEffect(() => {
    if (place?.from) void open(place.from)
  }, [visit])

  const shown = screen.at === 'reading' ? screen.before : screen
  const inspection = shown.at === 'showing' ? shown.inspection : null
  return (
    <div className={classes.room}>
      <RoomHeader
        title="Inspect"
        says={inspection ? summaryOf(inspection) : 'What is in these files, and what belongs together'}
        actions={inspection && <Ways showing />}
      />
      {screen.at === 'reading' && (
        <p className={classes.reading} role="status">
          <Loader size={14} aria-hidden /> Reading …
        </p>
      )}
      <Shown screen={shown} />
    </div>
  )
}

function Shown({ screen }: { screen: Exclude<Screen, { at: 'reading' }> }) {
  const today = useToday()
  const choose = useInspect((state) => state.choose)
  const objects = screen.at === 'showing' ? screen.inspection.objects : null
  const byId = useMemo(() => new Map(objects?.map((object) => [object.id, object])), [objects])

  if (screen.at !== 'showing') {
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
          says="Certificates, signing requests, keys, bundles and revocation lists, as PEM or DER. They are read on this computer; keys are never shown."
        >
          <Ways showing={false} />
        </EmptyState>
        <PasteBox />
      </div>
    )
  }

  const { inspection, chosen, drop } = screen
  const object = chosen === null ? undefined : byId.get(chosen)
  if (inspection.objects.length === 0) {
    return (
      <div className={classes.start}>
        <EmptyState
          icon={IconFileSearch}
          title="Nothing to show in what was dropped"
          says="No file held a certificate, request, key, bundle or revocation list."
        >
          <Ways showing={false} />
        </EmptyState>
        <div className={classes.alone}>
          <LeftOut leftOut={inspection.leftOut} open />
        </div>
      </div>
    )
  }
  return (
    <div className={classes.split}>
      <div className={classes.left}>
        <ObjectTree key={drop} inspection={inspection} chosen={chosen} today={today} onChoose={choose} />
        <LeftOut key={`left out ${drop}`} leftOut={inspection.leftOut} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={classes.right} key={object?.id} tabIndex={0} aria-label="Details">
        {object && <ObjectPane object={object} inspection={inspection} today={today} onChoose={choose} />}
      </section>
    </div>
  )
}
