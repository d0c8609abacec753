import { join } from 'node:path'
import type { Finding } from '../../shared/findings.ts'
import type { CheckedPlan } from '../../shared/providers/conformance.ts'
import type { Environment, Profile } from '../../shared/providers/profile.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { policyInForce } from '../policy/in-force.ts'
import { passphraseRefusal } from '../policy/refusals.ts'
import { type Arguments, usageProblem } from './args.ts'
import type { Answer } from './command.ts'
import { baseGiven } from './file-base.ts'
import type { Io } from './io.ts'
import { newPassphrase } from './passphrase.ts'
import { judgePlan, planGiven } from './plan-args.ts'
import { environmentGiven } from './provider.ts'

/** All that is settled before a key is made for a provider. */
export type NewKey = {
  environment: Environment
  folder: string
  base: string
  plan: CheckedPlan
  findings: Finding[]
  /** Null leaves the key unprotected. */
  passphrase: string | null
}

/** What was asked for, in words for the key and what is written beside it; an answer when the provider would refuse. */
export async function newKeyGiven(
  args: Arguments,
  io: Io,
  profile: Profile,
  beside: 'request' | 'certificate',
  inToken = false,
): Promise<Result<NewKey | Answer>> {
  const environment = environmentGiven(args, profile)
  if (!environment.ok) return environment
  const folder = args.one('out')
  if (folder === undefined)
    return usageProblem(
      `Say --out FOLDER: ${inToken ? 'the' : 'key and'} ${beside} ${inToken ? 'is' : 'are'} written there`,
    )
  const base = baseGiven(args, `${profile.id}-${environment.value.id}`)
  if (!base.ok) return base
  const plan = planGiven(args, profile, environment.value)
  if (!plan.ok) return plan
  const { findings, refused } = judgePlan(profile, plan.value, io)
  if (refused) return ok(refused)
  const file = `${join(folder, `${base.value}.key`)} (empty for none)`
  const passphrase = inToken ? ok(null) : await newPassphrase(args, io, file)
  if (!passphrase.ok) return passphrase
  const unfit = inToken ? null : passphraseRefusal(policyInForce(), passphrase.value, true)
  if (unfit) return refuse(unfit)
  return ok({
    environment: environment.value,
    folder,
    base: base.value,
    plan: plan.value,
    findings,
    passphrase: passphrase.value,
  })
}
