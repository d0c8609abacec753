import { Button, Tabs } from '@mantine/core'
import { IconEyeOff, IconId, IconSignature } from '@tabler/icons-react'
import { useRef } from 'react'
import type { ObjectRow, OpenedObject } from '../../shared/pki/inspect-calls.ts'
import { isLocked } from '../../shared/pki/locked.ts'
import { FindingList } from '../parts/FindingList.tsx'
import { PlainTerm } from '../parts/PlainTerm.tsx'
import { go } from '../place.ts'
import { useInspect } from './inspect-store.ts'
import { KindIcon } from './KindIcon.tsx'
import { isOwn, type Listing } from './listing.ts'
import { MatchList } from './MatchList.tsx'
import classes from './ObjectPane.module.css'
import { ObjectProblem } from './ObjectProblem.tsx'
import { objectTabs, useTab } from './object-tabs.tsx'
import { fileName, headlineOf, kindWords } from './object-words.ts'
import { RepairNote } from './RepairNote.tsx'
import { UnlockForm } from './UnlockForm.tsx'

type Props = { row: ObjectRow; opened: OpenedObject | null; listing: Listing; today: Date }

/** In a low window the panel just chosen would be out of sight: its tabs then go to the top. */
function showPanel(list: HTMLElement | null): void {
  const pane = list?.closest('section')
  if (!list || !pane) return
  const above = list.getBoundingClientRect().bottom - pane.getBoundingClientRect().top
  if (above > pane.clientHeight * 0.6) list.scrollIntoView({ block: 'start' })
}

/** A request that is not of an identity here is somebody else's: it can be signed. */
function SignOffer({ pem }: { pem: string }) {
  return (
    <div className={classes.mine}>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconSignature size={16} stroke={1.6} aria-hidden />}
        onClick={() => go({ room: 'authority', view: 'sign', sign: { by: 'text', text: pem } })}
      >
        Sign with your authority
      </Button>
    </div>
  )
}

/** One object opened: what it is in a sentence, what is worth telling, then its fields. */
export function ObjectPane({ row, opened, listing, today }: Props) {
  const choose = useInspect((state) => state.choose)
  const list = useRef<HTMLDivElement>(null)
  const chosenTab = useTab((state) => state.tab)
  const object = opened?.object ?? row
  const key = `${listing.inspection} ${row.id}`
  const relatives = listing.mine.get(row.id) ?? []
  const mine = relatives.find(isOwn)
  const { plain, term } = kindWords[object.kind]
  const locked = listing.locked.has(row.id) || isLocked(object)
  const tabs = opened ? objectTabs(opened, listing, today) : []
  const tab = tabs.some((one) => one.value === chosenTab) ? chosenTab : (tabs[0]?.value ?? null)
  return (
    <article className={classes.pane} aria-label="Opened object" aria-busy={opened === null}>
      <p className={classes.kind}>
        <KindIcon object={object} size={16} />
        {object.kind === 'unknown' ? plain : term ? <PlainTerm plain={plain} term={term} /> : plain}
        <span className={classes.where} title={object.file}>
          {[fileName(object.file), row.encoding].filter(Boolean).join(' · ')}
        </span>
      </p>
      <h2 className={classes.headline}>
        <bdi>{headlineOf(object, today, mine?.name)}</bdi>
      </h2>
      {object.kind === 'private-key' && !locked && (
        <p className={classes.secret}>
          <IconEyeOff size={14} stroke={1.8} aria-hidden />
          Private key: read on this computer, never shown, not kept
        </p>
      )}
      {relatives.length > 0 && (
        <div className={classes.mine}>
          {relatives.slice(0, 3).map((one) => (
            <Button
              key={`${one.identity} ${one.how}`}
              variant={isOwn(one) ? 'light' : 'default'}
              size="xs"
              leftSection={<IconId size={16} stroke={1.6} aria-hidden />}
              onClick={() => go({ room: 'identities', identity: one.identity })}
            >
              {one.how === 'issuer' ? 'Issuer of identity' : 'Open identity'} {one.name}
            </Button>
          ))}
        </div>
      )}
      {object.kind === 'request' && relatives.length === 0 && opened?.object.pem && (
        <SignOffer pem={opened.object.pem} />
      )}
      {locked && opened ? (
        <UnlockForm key={`unlock ${key}`} id={row.id} locked={Math.max(1, listing.locked.size)} />
      ) : (
        <ObjectProblem object={object} />
      )}
      {opened?.repair && (
        <RepairNote key={`repair ${key}`} repair={opened.repair} inspection={listing.inspection} object={row.id} />
      )}
      {opened && <FindingList findings={opened.object.findings} />}
      <MatchList row={row} listing={listing} onChoose={choose} />
      {tabs.length > 0 && (
        <Tabs
          key={object.kind}
          value={tab}
          onChange={(value) => {
            if (!value) return
            useTab.setState({ tab: value })
            showPanel(list.current)
          }}
          classNames={{ tab: classes.tab, list: classes.tabList }}
        >
          <Tabs.List ref={list}>
            {tabs.map(({ value, label }) => (
              <Tabs.Tab key={value} value={value}>
                {label}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {tabs.map(({ value, panel }) => (
            <Tabs.Panel key={value} value={value} pt="md">
              {value === tab && panel()}
            </Tabs.Panel>
          ))}
        </Tabs>
      )}
    </article>
  )
}
