import type { InspectedObject } from '../../shared/pki/facts.ts'
import type { ProfileJudgement } from '../../shared/pki/inspect-calls.ts'
import { judgeByProfile } from '../../shared/providers/judge-by-profile.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { Handlers } from '../ipc.ts'
import type { Means } from '../means.ts'
import { asking } from './asking.ts'

/** Reads an object to its depth; with a profile, says what that provider would make of it. */
export const openObject =
  (means: Means): Handlers['openObject'] =>
  async ({ inspection, object, profile }) => {
    const opened = await means.inspections.ask(inspection, (reading) => reading.open(object))
    if (!opened.ok) return opened
    const shown = { ...opened.value, object: asking(opened.value.object) }
    if (!profile) return ok(shown)
    const judgement = await judge(means, shown.object, profile)
    return judgement.ok ? ok({ ...shown, judgement: judgement.value }) : judgement
  }

async function judge(
  means: Means,
  { kind, facts }: InspectedObject,
  { provider, environment }: { provider: string; environment: string },
): Promise<Result<ProfileJudgement>> {
  const entry = (await means.providers.list()).find((one) => one.profile.id === provider)
  if (!entry) return refuse({ code: 'plan.provider-unknown', provider })
  if (!entry.profile.environments.some(({ id }) => id === environment)) {
    return refuse({ code: 'plan.environment-unknown', provider, environment })
  }
  const findings = judgeByProfile({ kind, facts }, entry.profile, environment, means.now())
  return ok({ provider, environment, findings })
}
