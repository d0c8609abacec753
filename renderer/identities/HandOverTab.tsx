import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconFileText } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { SheetForm } from '../../shared/calls/handover.ts'
import { type CheckItem, checklistOf, type Evidence, progressOf } from '../../shared/handover/checklist.ts'
import { blanksFor, filledStep } from '../../shared/handover/hand-texts.ts'
import type { IdentityDetail } from '../../shared/identity.ts'
import type { Problem } from '../../shared/problems.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import { desk, refreshIdentities } from '../desk.ts'
import { called } from '../parts/called.ts'
import list from '../parts/checklist/Checklist.module.css'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { savedWords } from '../parts/saved-words.ts'
import { say } from '../parts/say.ts'
import classes from './HandOver.module.css'
import { HandOverStep, type StepTick } from './HandOverStep.tsx'

const sheetWords: Record<SheetForm, string> = {
  'pdf-a4': 'PDF, A4',
  'pdf-letter': 'PDF, Letter',
  html: 'Web page (HTML)',
  markdown: 'Text for tickets and wikis (Markdown)',
}

/** The sheet for the file, the ticket or the auditor. */
function SheetMenu({ identity, onProblem }: { identity: string; onProblem: (problem: Problem | null) => void }) {
  const [busy, setBusy] = useState(false)
  const save = async (form: SheetForm) => {
    setBusy(true)
    const done = await desk.saveSheet({ identity, form })
    setBusy(false)
    onProblem(done.ok ? null : done.problem)
    if (done.ok && done.value.saved !== null) say(savedWords([done.value.saved]))
  }
  return (
    <Menu position="bottom-end" shadow="md" width={280}>
      <Menu.Target>
        <Button
          variant="default"
          loading={busy}
          leftSection={<IconFileText size={16} stroke={1.6} aria-hidden />}
          rightSection={<IconChevronDown size={14} stroke={1.8} aria-hidden />}
        >
          Onboarding sheet
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(Object.keys(sheetWords) as SheetForm[]).map((form) => (
          <Menu.Item key={form} onClick={() => void save(form)}>
            {sheetWords[form]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** What speaks for steps beside the identity itself; asked again when the identity changes. */
function useEvidence(identity: IdentityDetail): Evidence {
  const [evidence, setEvidence] = useState<Evidence>({})
  useEffect(() => {
    let wanted = true
    void desk.readHandover({ identity: identity.handle }).then((read) => {
      if (wanted && read.ok) setEvidence(read.value)
    })
    return () => {
      wanted = false
    }
  }, [identity])
  return evidence
}

export type HandOverTabProps = {
  identity: IdentityDetail
  profile: Profile
  today: Date
  show: (identity: IdentityDetail) => void
  onTab: (tab: 'request' | 'certificate' | 'export') => void
}

/** What is left to do with the provider: your calls, then theirs. One step is open at a time. */
export function HandOverTab({ identity, profile, today, show, onTab }: HandOverTabProps) {
  const evidence = useEvidence(identity)
  const facts = identity.handover ?? { marks: {}, selfSigned: false }
  const values = blanksFor(profile, identity)
  const items = checklistOf(profile, identity.environment, facts, evidence).map((item) => ({
    ...item,
    step: filledStep(item.step, values),
  }))
  const { done, of, next } = progressOf(items)
  const [open, setOpen] = useState<string | null>(next?.step.id ?? null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const provider = called(profile)

  const tick = async ({ steps, tick }: StepTick) => {
    const ticked = await desk.tickHandover({ identity: identity.handle, steps, tick })
    setProblem(ticked.ok ? null : ticked.problem)
    if (!ticked.ok) return
    show(ticked.value)
    const now = checklistOf(profile, identity.environment, ticked.value.handover ?? facts, evidence)
    if (tick) setOpen(progressOf(now).next?.step.id ?? null)
    await refreshIdentities()
  }
  const group = (direction: 'you-call' | 'calls-you', title: string) => {
    const own = items.filter(({ step }) => step.direction === direction)
    if (own.length === 0) return null
    const progress = progressOf(own)
    return (
      <section aria-label={title}>
        <h2 className={classes.title}>
          {title}
          <span className={classes.count}>
            {progress.done} of {progress.of}
          </span>
        </h2>
        <ol className={list.steps}>
          {own.map((item) => (
            <HandOverStep
              key={item.step.id}
              item={item}
              sameWay={waysOf(item, own)}
              identity={identity}
              profile={profile}
              today={today}
              open={open === item.step.id}
              onOpen={(now) => setOpen(now ? item.step.id : null)}
              onTick={(what) => void tick(what)}
              onTab={onTab}
            />
          ))}
        </ol>
      </section>
    )
  }
  const contacts = profile.handover?.contacts ?? []
  return (
    <div className={classes.stack}>
      <div className={classes.lead}>
        <p className={classes.progress}>
          <strong>
            {done} of {of} steps done
          </strong>
          <span className="dim">{next ? `, next: ${next.step.title}` : ': nothing is left to do until renewal'}</span>
        </p>
        <SheetMenu identity={identity.handle} onProblem={setProblem} />
      </div>
      {problem && <ProblemNote problem={problem} />}
      {group('you-call', `You call ${provider}`)}
      {group('calls-you', `${provider.charAt(0).toUpperCase()}${provider.slice(1)} calls you`)}
      {contacts.length > 0 && (
        <section aria-label="Contacts">
          <h2 className={classes.title}>Contacts</h2>
          {contacts.map(({ name, email, says }) => (
            <p key={name} className={classes.contact}>
              {name}
              {email && <span className="mono"> {email}</span>}
              {says && <span className="dim"> {says}</span>}
            </p>
          ))}
        </section>
      )}
    </div>
  )
}

/** The steps of the same way in which the provider could call, where there are several ways and this one may be unused. */
function waysOf({ step }: CheckItem, all: readonly CheckItem[]): string[] {
  const ways = new Set(all.flatMap((item) => item.step.call ?? []))
  if (step.call === undefined || ways.size < 2) return []
  const same = all.filter((item) => item.step.call === step.call && item.state !== 'done')
  return same.length > 1 ? same.map((item) => item.step.id) : []
}
