import { randomBytes } from 'node:crypto'
import { consentsOf } from '../../../shared/authority/sign-plan.ts'
import type { ShownPlan } from '../../../shared/calls/signing.ts'
import { words } from '../../../shared/phrasebook.ts'
import { ok, refuse } from '../../../shared/result.ts'
import { handBackNames } from '../../authority/hand-back.ts'
import { issue } from '../../authority/issue.ts'
import { planFor, type ReadyPlan } from '../../authority/plan-for.ts'
import { signerFor } from '../../authority/signers.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { issuedSummaryOf } from './issued-detail.ts'

const mostPlans = 20
/** A certificate begins when its plan was made: what waits longer is planned anew. */
const longestMs = 60 * 60_000

/**
 * Plans and signs. What was shown stays here, octets and all, under a token: the page can have signed what it showed, or
 * nothing.
 */
export function signingDesk(means: Means): Pick<Handlers, 'planSigning' | 'signRequest'> {
  const plans = new Map<string, { ready: ReadyPlan; since: number }>()
  const tidy = () => {
    for (const [token, { since }] of plans) {
      if (plans.size >= mostPlans || means.now().getTime() - since > longestMs) plans.delete(token)
    }
  }
  return {
    async planSigning({ requestPem, wish }) {
      const ready = await planFor(means, requestPem, wish)
      if (!ready.ok) return ready
      tidy()
      const token = randomBytes(12).toString('hex')
      plans.set(token, { ready: ready.value, since: means.now().getTime() })
      return ok(shown(means, token, ready.value))
    },
    async signRequest({ plan: token, despite, name, renews }) {
      tidy()
      const ready = plans.get(token)?.ready
      if (!ready) return refuse({ code: 'sign.plan-gone' })
      const { plan, authority, requestDer, requestPem } = ready
      if (plan.blocked) return refuse(plan.blocked)
      const open = consentsOf(plan).filter(({ code }) => !despite.includes(code))
      const [first] = open
      if (first) return refuse({ code: 'sign.needs-consent', findings: open.length, first: first.message })
      const entry = { ...ready.entry, ...(name !== undefined && { name }), ...(renews && { renews }) }
      const order = { authority, requestDer, requestPem, content: plan.content, fields: plan.fields, entry }
      // Taken away while it is signed: a serial number is never used twice.
      const held = plans.get(token)!
      plans.delete(token)
      const issued = await issue(means, order)
      if (!issued.ok) {
        plans.set(token, held)
        return issued
      }
      means.news({ kind: 'authorities-changed' })
      const { record, differences } = issued.value
      return ok({
        issued: issuedSummaryOf(record, authority.name),
        certificatePem: record.certificatePem!,
        // Those two a service decides by nature, as the plan said.
        differences: differences.filter(({ field }) => field !== 'serial' && field !== 'signature'),
        files: filesOf(ready, record.name),
      })
    },
  }
}

const filesOf = ({ youSign }: ReadyPlan, name: string): string[] => Object.values(handBackNames(name, youSign))

function shown(means: Means, token: string, ready: ReadyPlan): ShownPlan {
  const { plan, authority, entry } = ready
  const { rows, issues, blocked, days } = plan
  return {
    plan: token,
    authorityName: authority.name,
    decides: signerFor(means, authority).decides,
    askEachTime: authority.askEachTime,
    rows,
    issues,
    blocked: blocked && { code: blocked.code, ...words(blocked) },
    days,
    files: filesOf(ready, entry.name),
  }
}
