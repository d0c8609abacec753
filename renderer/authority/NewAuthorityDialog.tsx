import { Button, Checkbox, Group, Modal, NumberInput, Select } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { AuthorityKey, AuthorityPlan } from '../../shared/authority/authority-plan.ts'
import type { AuthorityDetail } from '../../shared/calls/authority.ts'
import { keyLabel } from '../../shared/pki/key-labels.ts'
import type { Problem } from '../../shared/problems.ts'
import { countryCodes } from '../../shared/providers/country.ts'
import type { TokenChoice } from '../../shared/tokens/token.ts'
import { desk, newWork } from '../desk.ts'
import { Field } from '../parts/Field.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { SecretLine } from '../parts/SecretLine.tsx'
import { say } from '../parts/say.ts'
import { TokenPicker } from '../parts/tokens/TokenPicker.tsx'
import classes from './Dialogs.module.css'

const names = new Intl.DisplayNames(undefined, { type: 'region' })
const countries = countryCodes.map((code) => ({ value: code, label: `${names.of(code) ?? code} (${code})` }))
countries.sort((a, b) => a.label.localeCompare(b.label))

const keys: { value: AuthorityPlan['key']; label: string }[] = [
  { value: 'ec-p256', label: `${keyLabel['ec-p256']} — small, fast, understood everywhere today` },
  { value: 'ec-p384', label: `${keyLabel['ec-p384']} — for rules that ask for it` },
  { value: 'rsa-3072', label: `${keyLabel['rsa-3072']} — where the other side knows RSA only` },
  { value: 'rsa-4096', label: `${keyLabel['rsa-4096']} — takes seconds to make` },
]

type Answers = {
  organization: string
  commonName: string
  country: string | null
  key: AuthorityPlan['key']
  years: number
  below: boolean
  issuingName: string
  issuingYears: number
  askEachTime: boolean
}

const first: Answers = {
  organization: '',
  commonName: '',
  country: null,
  key: 'ec-p256',
  years: 10,
  below: false,
  issuingName: '',
  issuingYears: 5,
  askEachTime: false,
}

/** What is typed, as a plan; the names follow from the organisation until they are typed themselves. */
function planOf(answers: Answers): AuthorityPlan {
  const { key, years, below, askEachTime } = answers
  const organization = answers.organization.trim()
  const issuing = { commonName: issuingNameOf(answers), years: answers.issuingYears }
  const commonName = commonNameOf(answers)
  return {
    name: below ? issuing.commonName : commonName,
    commonName,
    ...(organization && { organization }),
    ...(answers.country && { country: answers.country }),
    key,
    years,
    ...(below && { issuing }),
    askEachTime,
  }
}

const commonNameOf = ({ commonName, organization, below }: Answers): string =>
  commonName.trim() || (organization.trim() ? `${organization.trim()} ${below ? 'Root CA' : 'CA'}` : '')
const issuingNameOf = ({ issuingName, organization }: Answers): string =>
  issuingName.trim() || (organization.trim() ? `${organization.trim()} Issuing CA` : '')

type Props = { opened: boolean; onClose: () => void; onMade: (authority: AuthorityDetail) => void }

/** Makes an authority of one’s own: five answers, all but the name with a good one in place. */
export function NewAuthorityDialog({ opened, onClose, onMade }: Props) {
  const [answers, setAnswers] = useState(first)
  /** `null` while none is chosen; absent for the vault. */
  const [token, setToken] = useState<TokenChoice | null | undefined>()
  const [work, setWork] = useState<string | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const change = (part: Partial<Answers>) => setAnswers((now) => ({ ...now, ...part }))
  const plan = planOf(answers)
  const fits = AuthorityPlan.safeParse(plan).success

  const close = () => {
    if (work) void desk.cancelWork({ work })
    setWork(null)
    setProblem(null)
    onClose()
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const mine = newWork('create')
    setWork(mine)
    setProblem(null)
    const made = await desk.createAuthority({ work: mine, plan, ...(token && { token }) })
    setWork(null)
    if (!made.ok) {
      if (made.problem.code !== 'app.cancelled') setProblem(made.problem)
      return
    }
    setAnswers(first)
    setToken(undefined)
    say(`Made: ${made.value.name}`)
    onMade(made.value)
  }

  return (
    <Modal opened={opened} onClose={close} title="New authority" size="lg">
      <form onSubmit={(event) => void submit(event)} className={classes.form}>
        <p className="dim">
          It signs certificates that others present to your servers. Its certificate is what your servers then trust.
        </p>
        <div className={classes.pairs}>
          <Field
            label="Organisation"
            value={answers.organization}
            onChange={(organization) => change({ organization })}
            placeholder="Acme Ltd"
            optional
            autoFocus
          />
          <Select
            label="Country"
            aria-label="Country"
            data={countries}
            value={answers.country}
            onChange={(country) => change({ country })}
            searchable
            clearable
            placeholder="None"
          />
          <Field
            label={answers.below ? 'Name of the root (CN)' : 'Name (CN)'}
            value={answers.commonName}
            onChange={(commonName) => change({ commonName })}
            placeholder={commonNameOf({ ...answers, commonName: '' }) || 'Acme CA'}
          />
          <NumberInput
            label="Valid for, in years"
            value={answers.years}
            onChange={(years) => change({ years: Number(years) || 1 })}
            min={1}
            max={30}
            clampBehavior="strict"
          />
        </div>
        <Checkbox
          label="With an issuing authority below the root"
          description="The root then signs that one alone, and its key is hardly ever used. Servers trust the root, so the issuing one can be replaced."
          checked={answers.below}
          onChange={(event) => change({ below: event.currentTarget.checked })}
        />
        {answers.below && (
          <div className={classes.pairs}>
            <Field
              label="Name of the issuing authority (CN)"
              value={answers.issuingName}
              onChange={(issuingName) => change({ issuingName })}
              placeholder={issuingNameOf({ ...answers, issuingName: '' }) || 'Acme Issuing CA'}
            />
            <NumberInput
              label="Valid for, in years"
              value={answers.issuingYears}
              onChange={(issuingYears) => change({ issuingYears: Number(issuingYears) || 1 })}
              min={1}
              max={30}
              clampBehavior="strict"
            />
          </div>
        )}
        <Select
          label="Key"
          data={keys}
          value={answers.key}
          onChange={(key) => key && change({ key: key as AuthorityPlan['key'] })}
          allowDeselect={false}
        />
        <Checkbox
          label="Ask before each use of its key"
          description="A question by the system, each time something is signed."
          checked={answers.askEachTime}
          onChange={(event) => change({ askEachTime: event.currentTarget.checked })}
        />
        <Checkbox
          label="Keep its key in a token"
          description="Smart card, security key or HSM (PKCS #11). It signs there; the key never leaves it and is in no backup."
          checked={token !== undefined}
          onChange={(event) => setToken(event.currentTarget.checked ? null : undefined)}
        />
        {token !== undefined && (
          <TokenPicker
            wanted={answers.key}
            allowed={AuthorityKey.options}
            chosen={token}
            onChoose={(choice, key) => {
              setToken(choice)
              const kind = AuthorityKey.safeParse(key)
              if (kind.success) change({ key: kind.data })
            }}
          />
        )}
        <SecretLine place={token === undefined ? undefined : { token: token?.token.label }} />
        {problem && <ProblemNote problem={problem} />}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" disabled={!fits || token === null} loading={work !== null}>
            {answers.below ? 'Make both' : 'Make it'}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
