import { Button, Progress } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { IdentityPlan } from '../../shared/identity.ts'
import { keyLabel } from '../../shared/pki/key-labels.ts'
import type { TokenChoice } from '../../shared/tokens/token.ts'
import { desk } from '../desk.ts'
import { SecretLine } from '../parts/SecretLine.tsx'
import classes from './Creating.module.css'
import { StepBar } from './StepBar.tsx'

type CreatingProps = {
  work: string
  says: string
  elapsedMs: number
  plan: IdentityPlan
  token?: TokenChoice | null
}

/** While the key is made. How long an RSA key takes is luck, so the bar does not pretend to know. */
export function Creating({ work, says, elapsedMs, plan, token }: CreatingProps) {
  const [cancelling, setCancelling] = useState(false)
  const [since] = useState(() => performance.now())
  const [ms, setMs] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setMs(performance.now() - since), 200)
    return () => clearInterval(timer)
  }, [since])
  const seconds = Math.max(ms, elapsedMs) / 1000
  const cancel = () => {
    setCancelling(true)
    void desk.cancelWork({ work })
  }
  return (
    <div className={classes.creating}>
      <StepBar at={3} />
      <div className={classes.middle}>
        <div role="status">
          <h1 className={classes.title}>{says}</h1>
        </div>
        <p className={classes.words}>
          {token
            ? `${keyLabel[plan.key]}, in the token “${token.token.label}”. Confirm it there if it asks.`
            : `${keyLabel[plan.key]}, made from random numbers of this computer.`}
          {seconds >= 1 && <span className="number"> {Math.floor(seconds)} s</span>}
        </p>
        <Progress value={100} animated aria-label={says} />
        <div className={classes.foot}>
          <SecretLine place={token ? { token: token.token.label } : undefined} />
          <Button variant="default" onClick={cancel} loading={cancelling} autoFocus>
            Cancel
          </Button>
        </div>
      </div>
    </div>
  )
}
