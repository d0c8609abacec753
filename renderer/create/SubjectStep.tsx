import { Radio } from '@mantine/core'
import type { IdentityPlan } from '../../shared/identity.ts'
import { hostOf, type SubjectField, sourceOf, subjectFields } from '../../shared/providers/plan.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import type { FieldFinding } from '../../shared/providers/subject.ts'
import { Field } from '../parts/Field.tsx'
import { tabStop } from '../parts/roving.ts'
import { AlternativeNames } from './AlternativeNames.tsx'
import { ChoiceCard } from './ChoiceCard.tsx'
import { CountryField } from './CountryField.tsx'
import { answer, leave } from './create-store.ts'
import { faultsOf } from './field-words.tsx'
import { Prescribed } from './Prescribed.tsx'
import { openerOf } from './rule-source.ts'
import classes from './Steps.module.css'

type SubjectStepProps = {
  profile: Profile
  plan: IdentityPlan
  findings: readonly FieldFinding[]
  left: ReadonlySet<string>
}

/** The host of an environment; while it waits for an answer, how it looks with the provider's example. */
function hostWords(profile: Profile, environmentId: string, answers: IdentityPlan['answers']): string | undefined {
  const host = hostOf(profile, environmentId, answers)
  if (host !== undefined) return host
  const examples = Object.fromEntries(profile.questions.map((question) => [question.id, question.example ?? '']))
  const example = hostOf(profile, environmentId, examples)
  return example && `such as ${example}`
}

function Environments({ profile, plan }: Pick<SubjectStepProps, 'profile' | 'plan'>) {
  const ids = profile.environments.map((one) => one.id)
  return (
    <Radio.Group
      label="Environment"
      value={plan.environment}
      onChange={(environment) => answer({ environment })}
      classNames={{ label: classes.legend }}
    >
      <div className={classes.choices}>
        {profile.environments.map((one) => (
          <ChoiceCard
            key={one.id}
            value={one.id}
            name={one.name}
            tabIndex={tabStop(one.id, plan.environment, ids)}
            says={
              <>
                <span className="quiet">{hostWords(profile, one.id, plan.answers)}</span>
                {one.note && <span className="quiet">{one.note}</span>}
              </>
            }
          />
        ))}
      </div>
    </Radio.Group>
  )
}

function ruleWords(field: Pick<SubjectField, 'hint' | 'patternSays' | 'rule'>): string | undefined {
  const required = field.rule === 'required' ? 'Required.' : undefined
  return [required, field.hint, field.patternSays].filter(Boolean).join(' ') || undefined
}

/** Environment, the provider's questions, the subject, further names, and what the identity is called here. */
export function SubjectStep({ profile, plan, findings, left }: SubjectStepProps) {
  const fields = subjectFields(profile, plan.environment, plan.answers)
  const open = fields.filter((field) => !field.locked)
  const nameMissing = left.has('name') && plan.name.trim() === ''
  return (
    <>
      <Environments profile={profile} plan={plan} />
      {profile.questions.map((question) => {
        const id = `answers.${question.id}`
        const { error, aside } = faultsOf(id, findings, left)
        return (
          <div key={question.id} className={classes.single}>
            <Field
              label={question.label}
              optional={question.optional}
              value={plan.answers[question.id] ?? ''}
              onChange={(value) => answer({ answers: { ...plan.answers, [question.id]: value } })}
              onLeave={() => leave(id)}
              error={error}
              rule={question.hint ?? question.patternSays}
              source={openerOf(profile, sourceOf(profile, question.source))}
              placeholder={question.example}
            />
            {aside}
          </div>
        )
      })}
      <Prescribed profile={profile} fields={fields.filter((field) => field.locked)} findings={findings} left={left} />
      {open.length > 0 && (
        <fieldset className={classes.group}>
          <legend className={classes.legend}>
            What the certificate says about you <span className="dim">(subject)</span>
          </legend>
          <div className={classes.grid}>
            {open.map((field) => {
              const { error, aside } = faultsOf(field.field, findings, left)
              const common = {
                label: `${field.label} (${field.field})`,
                value: plan.subject[field.field] ?? '',
                onChange: (value: string) => answer({ subject: { ...plan.subject, [field.field]: value } }),
                onLeave: () => leave(field.field),
                error,
                optional: field.rule === 'optional',
                rule: ruleWords(field),
                source: openerOf(profile, field.source),
              }
              return (
                <div key={field.field}>
                  {field.field === 'C' ? (
                    <CountryField {...common} />
                  ) : (
                    <Field {...common} placeholder={field.example} />
                  )}
                  {aside}
                </div>
              )
            })}
          </div>
        </fieldset>
      )}
      {profile.subjectAltNames.allowed && (
        <AlternativeNames names={plan.subjectAltNames} findings={findings} left={left} />
      )}
      <div className={classes.single}>
        <Field
          label="Name in Countersign"
          value={plan.name}
          onChange={(name) => answer({ name })}
          onLeave={() => leave('name')}
          error={nameMissing ? 'Give it a name by which you will find it again.' : null}
          rule="Only for you: it goes into no certificate."
        />
      </div>
    </>
  )
}
