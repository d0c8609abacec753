import { Button, Progress, Switch } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { PolicyState } from '../../shared/policy/policy-state.ts'
import type { Problem } from '../../shared/problems.ts'
import type { Result } from '../../shared/result.ts'
import type { Settings } from '../../shared/settings.ts'
import type { UpdateOffer, UpdateStage, UpdatesState } from '../../shared/updates/updates.ts'
import { desk } from '../desk.ts'
import { DateText } from '../parts/DateText.tsx'
import { ManagedNote } from '../parts/ManagedNote.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { changeSettings } from './change-settings.ts'
import classes from './Section.module.css'
import { Section } from './Section.tsx'

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0)} MB`

type UpdatesSectionProps = { wish: Settings['updates']; policy: PolicyState | null }

/** The next version of the app: asked for, downloaded and installed only when somebody says so. */
export function UpdatesSection({ wish, policy }: UpdatesSectionProps) {
  const [updates, setUpdates] = useState<UpdatesState | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  useEffect(() => {
    void desk.readUpdates({}).then((answer) => answer.ok && setUpdates(answer.value))
    return desk.onNews((news) => news.kind === 'updates-changed' && setUpdates(news.updates))
  }, [])
  if (!updates) return null

  const act = async (acting: Promise<Result<UpdatesState | Record<string, never>>>) => {
    setProblem(null)
    const done = await acting
    if (!done.ok) setProblem(done.problem)
    else if ('from' in done.value) setUpdates(done.value as UpdatesState)
  }
  return (
    <Section title="Updates" says="Nobody is asked before you say so, and nothing is installed by itself.">
      {updates.from === 'feed' ? (
        <>
          <Switch
            label="Look for updates once a day"
            description={`Asks ${updates.host} for the list of versions, and says nothing about you or this computer.`}
            checked={wish.daily}
            onChange={(event) => void changeSettings({ updates: { daily: event.currentTarget.checked } })}
          />
          <Stage stage={updates.stage} lastChecked={updates.lastChecked} act={(acting) => void act(acting)} />
        </>
      ) : (
        <p className={classes.words}>{elsewhere(updates)}</p>
      )}
      <ManagedNote policy={policy} section="updates" />
      {problem && <ProblemNote problem={problem} />}
    </Section>
  )
}

function elsewhere(updates: Exclude<UpdatesState, { from: 'feed' }>): string {
  switch (updates.from) {
    case 'package-manager':
      return 'Updates come with your system’s package manager.'
    case 'portable':
      return 'This is the portable app: replace its file with the next version.'
    case 'not-built-in':
      return 'This build looks for no updates: releases are built with the address of their feed and the key that signs it.'
    case 'off':
      return 'Updates are switched off on this computer.'
  }
}

type StageProps = {
  stage: UpdateStage
  lastChecked: string | null
  act(acting: Promise<Result<UpdatesState | Record<string, never>>>): void
}

function Stage({ stage, lastChecked, act }: StageProps) {
  if (stage.at === 'idle' || stage.at === 'current' || stage.at === 'checking') {
    return (
      <>
        {stage.at === 'current' && <p className={classes.words}>This is the newest version.</p>}
        <div className={classes.row} style={{ alignItems: 'center' }}>
          <Button variant="default" loading={stage.at === 'checking'} onClick={() => act(desk.checkForUpdate({}))}>
            Check now
          </Button>
          <span className="dim">
            {lastChecked ? (
              <>
                Last checked <DateText iso={lastChecked} withTime />
              </>
            ) : (
              'Never checked'
            )}
          </span>
        </div>
      </>
    )
  }
  const { offer } = stage
  return (
    <>
      <Offer offer={offer} />
      {stage.at === 'offered' && (
        <Button onClick={() => act(desk.downloadUpdate({}))}>
          Download{offer.bytes === null ? '' : ` (${megabytes(offer.bytes)})`}
        </Button>
      )}
      {stage.at === 'downloading' && (
        <>
          <Progress
            w={320}
            aria-label="Download"
            value={stage.total === 0 ? 0 : (100 * stage.received) / stage.total}
          />
          <div className={classes.row} style={{ alignItems: 'center' }}>
            <Button variant="default" onClick={() => act(desk.cancelUpdate({}))}>
              Cancel
            </Button>
            <span className="dim number">
              {megabytes(stage.received)} of {megabytes(stage.total)}
            </span>
          </div>
        </>
      )}
      {stage.at === 'ready' && (
        <>
          <p className={classes.words}>Downloaded, and its signature and checksum are right.</p>
          <Button onClick={() => act(desk.installUpdate({}))}>Restart to install</Button>
        </>
      )}
    </>
  )
}

function Offer({ offer }: { offer: UpdateOffer }) {
  return (
    <div style={{ width: '100%' }}>
      <p className={classes.words}>
        <strong>Version {offer.version}</strong>
        {offer.releasedAt && (
          <span className="dim">
            {' '}
            of <DateText iso={offer.releasedAt} />
          </span>
        )}
      </p>
      {offer.notes && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        <section className={classes.notes} tabIndex={0} aria-label="What is new">
          {offer.notes}
        </section>
      )}
    </div>
  )
}
