import { environmentOf } from '../../shared/providers/plan.ts'
import { refuse } from '../../shared/result.ts'
import type { Handlers } from '../ipc.ts'
import type { Means } from '../means.ts'

export const startPractice =
  ({ providers, practice, vault }: Means): Handlers['startPractice'] =>
  async ({ provider, environment }) => {
    const profile = await providers.find(provider)
    if (!profile) return refuse({ code: 'plan.provider-unknown', provider })
    if (!environmentOf(profile, environment)) {
      return refuse({ code: 'plan.environment-unknown', provider: profile.name, environment })
    }
    // The real one keeps certificates on file as long as they are active; the practice one, until it is stopped.
    const { records } = await vault.identities.list()
    const onFile = records
      .filter(({ plan, onPracticeFile, state }) => onPracticeFile && state === 'ready' && plan.provider === provider)
      .sort((a, b) => a.createdAt.localeCompare(b.createdAt))
    const newest = onFile.slice(-(profile.signing.maxActive ?? onFile.length))
    const started = await practice.start(
      profile,
      environment,
      newest.flatMap(({ certificatePem }) => certificatePem ?? []),
    )
    const retired = records.filter(({ plan, state }) => plan.provider === provider && state === 'replaced')
    for (const { certificatePem } of retired) if (certificatePem) practice.putOnFile(certificatePem, false)
    return started
  }
