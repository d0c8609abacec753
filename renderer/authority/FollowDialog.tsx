import { Button, Checkbox, Group, Modal, NumberInput, Select } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import { AuthorityPlan } from '../../shared/authority/authority-plan.ts'
import { nextName } from '../../shared/authority/next-name.ts'
import type { AuthorityDetail } from '../../shared/calls/authority.ts'
import { keyLabel } from '../../shared/pki/key-labels.ts'
import { partOf } from '../../shared/pki/names.ts'
import type { Problem } from '../../shared/problems.ts'
import { desk, newWork } from '../desk.ts'
import { Field } from '../parts/Field.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { SecretLine } from '../parts/SecretLine.tsx'
import { say } from '../parts/say.ts'
import classes from './Dialogs.module.css'

type Props = { opened: boolean; onClose: () => void; authority: string }

/** Lets a new authority, with a new key, take over from an old one. */
export function FollowDialog({ opened, onClose, authority }: Props) {
  const [old, setOld] = useState<AuthorityDetail | null>(null)
  useEffect(() => {
    if (opened) void desk.readAuthority({ authority }).then((read) => read.ok && setOld(read.value))
  }, [opened, authority])
  return (
    <Modal opened={opened && old !== null} onClose={onClose} title="Let another authority take over" size="lg">
      {old && <FollowForm old={old} onClose={onClose} key={old.handle} />}
    </Modal>
  )
}

const keys = AuthorityPlan.shape.key.options.map((value) => ({ value, label: keyLabel[value] }))
const yearsOf = ({ notBefore, notAfter }: AuthorityDetail): number =>
  Math.min(Math.max(Math.round((Date.parse(notAfter) - Date.parse(notBefore)) / 31_556_952_000), 1), 30)

function FollowForm({ old, onClose }: { old: AuthorityDetail; onClose: () => void }) {
  const parts = old.facts.subjectParts
  const [commonName, setCommonName] = useState(nextName(partOf(parts, 'CN') ?? old.name))
  const [key, setKey] = useState<AuthorityPlan['key']>(keys.find(({ value }) => value === old.key)?.value ?? 'ec-p256')
  const [years, setYears] = useState(yearsOf(old))
  const [underParent, setUnderParent] = useState(old.parent !== undefined)
  const [work, setWork] = useState<string | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [organization, country] = [partOf(parts, 'O'), partOf(parts, 'C')]
  const plan: AuthorityPlan = {
    name: commonName.trim().slice(0, 120),
    commonName: commonName.trim(),
    ...(organization && { organization: organization.slice(0, 64) }),
    ...(country && { country }),
    key,
    years,
    askEachTime: old.askEachTime,
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const mine = newWork('create')
    setWork(mine)
    setProblem(null)
    const made = await desk.succeedAuthority({ work: mine, authority: old.handle, plan, underParent })
    setWork(null)
    if (!made.ok) return setProblem(made.problem.code === 'app.cancelled' ? null : made.problem)
    say(`${made.value.name} takes over from ${old.name}`)
    onClose()
  }
  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)}>
      <p className="dim">
        The new one has a key of its own and signs from now on. The old one stays: what it issued is good until it ends,
        and can be revoked. Give your servers the certificates of both first, then renew with the new one.
      </p>
      <Field
        label="Name (CN)"
        value={commonName}
        onChange={setCommonName}
        rule="A name of its own keeps the two apart in every program. The same name works too."
        autoFocus
      />
      <div className={classes.pairs}>
        <Select
          label="Key"
          data={keys}
          value={key}
          onChange={(value) => value && setKey(value as AuthorityPlan['key'])}
          allowDeselect={false}
        />
        <NumberInput
          label="Valid for, in years"
          value={years}
          onChange={(value) => setYears(Number(value) || 1)}
          min={1}
          max={30}
          clampBehavior="strict"
        />
      </div>
      {old.parent && (
        <Checkbox
          label="Signed by the root above the old one"
          description="Servers that trust that root need nothing new."
          checked={underParent}
          onChange={(event) => setUnderParent(event.currentTarget.checked)}
        />
      )}
      <SecretLine />
      {problem && <ProblemNote problem={problem} />}
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={work ? () => void desk.cancelWork({ work }) : onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={work !== null} disabled={!AuthorityPlan.safeParse(plan).success}>
          Make it
        </Button>
      </Group>
    </form>
  )
}
