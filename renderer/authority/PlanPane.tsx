import { Anchor, Button, Checkbox, Select } from '@mantine/core'
import { IconAlertTriangle, IconSignature } from '@tabler/icons-react'
import type { ShownPlan } from '../../shared/calls/signing.ts'
import { useDesk } from '../desk.ts'
import { FindingList } from '../parts/FindingList.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { useOwn } from './own-store.ts'
import { PlanTable } from './PlanTable.tsx'
import classes from './Sign.module.css'
import { consents, rulesOffered, signing } from './sign-choices.ts'
import { accept, chooseAuthority, chooseRules, type Deciding, mayBeSigned, sign, startOver } from './sign-store.ts'

const noRules = 'none'

/** Left what the request asks, right what will be issued; below, what wants a decision, and the signature. */
export function PlanPane({ screen }: { screen: Deciding }) {
  const { request, authority, rules, plan, problem } = screen
  const authorities = signing(useOwn((state) => state.authorities) ?? [])
  const offered = rulesOffered(useDesk((state) => state.providers))
  const value = offered.findIndex(
    (one) => one.rules.provider === rules?.provider && one.rules.callsYou === rules?.callsYou,
  )
  return (
    <>
      <div className={classes.bar}>
        <div className={classes.request}>
          <span className="quiet">{request.renews ? 'To be renewed, with the same request' : 'Request (CSR)'}</span>
          <strong>{request.name}</strong>
          <Anchor component="button" type="button" fz={12} onClick={startOver}>
            Another request
          </Anchor>
        </div>
        <Select
          label="Signed by"
          data={authorities.map(({ handle, name }) => ({ value: handle, label: name }))}
          value={authority}
          onChange={(handle) => handle && chooseAuthority(handle)}
          allowDeselect={false}
        />
        <Select
          label="By the rules of"
          data={[
            { value: noRules, label: 'No provider: a client’s certificate' },
            ...offered.map(({ label }, at) => ({ value: `${at}`, label })),
          ]}
          value={value < 0 ? noRules : `${value}`}
          onChange={(at) => chooseRules(offered[Number(at)]?.rules ?? null)}
          allowDeselect={false}
          comboboxProps={{ width: 320, position: 'bottom-end' }}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-label="Request and certificate">
        {plan?.blocked && <Blocked blocked={plan.blocked} />}
        {plan && plan.issues.length > 0 && <FindingList findings={plan.issues} />}
        {plan && <PlanTable plan={plan} />}
      </section>
      <footer className={classes.foot}>
        {problem && <ProblemNote problem={problem} />}
        {plan && <Consents plan={plan} despite={screen.despite} />}
        <div className={classes.signing}>
          <span className="quiet">
            {plan?.decides === 'service'
              ? 'The signing service decides by its own rules; what it changes is shown afterwards.'
              : 'Exactly the right side is signed, octet for octet.'}
          </span>
          <Button
            leftSection={<IconSignature size={16} stroke={1.6} aria-hidden />}
            onClick={() => void sign()}
            loading={screen.busy}
            disabled={!screen.busy && !mayBeSigned(screen)}
          >
            {plan?.askEachTime ? 'Sign…' : 'Sign'}
          </Button>
        </div>
      </footer>
    </>
  )
}

function Consents({ plan, despite }: { plan: ShownPlan; despite: readonly string[] }) {
  const wanted = consents(plan)
  if (wanted.length === 0 || plan.blocked) return null
  return (
    <fieldset className={classes.consents}>
      <legend>To be accepted before it is signed</legend>
      {wanted.map(({ code, message, next }) => (
        <Checkbox
          key={code}
          label={message}
          description={next}
          checked={despite.includes(code)}
          onChange={(event) => accept(code, event.currentTarget.checked)}
        />
      ))}
    </fieldset>
  )
}

function Blocked({ blocked }: { blocked: NonNullable<ShownPlan['blocked']> }) {
  return (
    <div className={classes.blocked} role="alert" data-problem={blocked.code}>
      <IconAlertTriangle size={18} stroke={1.8} aria-hidden />
      <div>
        <strong>{blocked.title}</strong>
        {blocked.causes.map((cause) => (
          <p key={cause}>{cause}</p>
        ))}
        <p className="dim">{blocked.next}</p>
      </div>
    </div>
  )
}
