import { Button, Tabs } from '@mantine/core'
import { IconEyeOff, IconId } from '@tabler/icons-react'
import type { InspectedObject, Inspection } from '../../shared/pki/facts.ts'
import { CopyButton } from '../parts/CopyText.tsx'
import { FindingList } from '../parts/FindingList.tsx'
import { PlainTerm } from '../parts/PlainTerm.tsx'
import { go } from '../place.ts'
import { ExtensionTable } from './ExtensionTable.tsx'
import { FactSections } from './FactSections.tsx'
import { KindIcon } from './KindIcon.tsx'
import { MatchList } from './MatchList.tsx'
import classes from './ObjectPane.module.css'
import { ObjectProblem } from './ObjectProblem.tsx'
import { fileName, headlineOf, isLocked, kindWords } from './object-words.ts'

type Props = {
  object: InspectedObject
  inspection: Inspection
  today: Date
  onChoose: (id: string) => void
}

/** One object opened: what it is in a sentence, what is worth telling, then its fields. */
export function ObjectPane({ object, inspection, today, onChoose }: Props) {
  const mine = inspection.mine.find((one) => one.object === object.id)
  const { plain, term } = kindWords[object.kind]
  const extensions = object.facts.extensions ?? []
  const hasFacts = Object.keys(object.facts).some((name) => name !== 'bytes')
  return (
    <article className={classes.pane} aria-label="Opened object">
      <p className={classes.kind}>
        <KindIcon object={object} size={16} />
        {object.kind === 'unknown' ? plain : term ? <PlainTerm plain={plain} term={term} /> : plain}
        <span className={classes.where}>{[fileName(object.file), object.encoding].filter(Boolean).join(' · ')}</span>
      </p>
      <h2 className={classes.headline}>
        <bdi>{headlineOf(object, today, mine?.name)}</bdi>
      </h2>
      {object.kind === 'private-key' && !isLocked(object) && (
        <p className={classes.secret}>
          <IconEyeOff size={14} stroke={1.8} aria-hidden />
          Read on this computer, never shown, not kept
        </p>
      )}
      {mine && (
        <Button
          className={classes.mine}
          variant="light"
          size="xs"
          leftSection={<IconId size={16} stroke={1.6} aria-hidden />}
          onClick={() => go({ room: 'identities', identity: mine.identity })}
        >
          Open identity {mine.name}
        </Button>
      )}
      {object.problem && <ObjectProblem object={object} canUnlock={inspection.unlock !== undefined} />}
      <FindingList findings={object.findings} />
      <MatchList object={object} inspection={inspection} onChoose={onChoose} />
      {hasFacts && (
        <Tabs key={object.id} defaultValue="facts" className={classes.tabs}>
          <Tabs.List>
            <Tabs.Tab value="facts">Facts</Tabs.Tab>
            {extensions.length > 0 && <Tabs.Tab value="extensions">Extensions ({extensions.length})</Tabs.Tab>}
            {object.pem && <Tabs.Tab value="pem">PEM</Tabs.Tab>}
          </Tabs.List>
          <Tabs.Panel value="facts" pt="md">
            <FactSections facts={object.facts} kind={object.kind} today={today} />
          </Tabs.Panel>
          {extensions.length > 0 && (
            <Tabs.Panel value="extensions" pt="md">
              <ExtensionTable extensions={extensions} />
            </Tabs.Panel>
          )}
          {object.pem && (
            <Tabs.Panel value="pem" pt="md">
              <CopyButton text={object.pem} what="PEM" />
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
              <section className={classes.pem} tabIndex={0} aria-label="PEM text">
                <pre>{object.pem}</pre>
              </section>
            </Tabs.Panel>
          )}
        </Tabs>
      )}
    </article>
  )
}
