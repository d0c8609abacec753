import { environmentOf } from '../../shared/providers/plan.ts'
import { refuse } from '../../shared/result.ts'
import type { Handlers } from '../ipc.ts'
import type { Means } from '../means.ts'

export const startPractice =
  ({ providers, practice }: Means): Handlers['startPractice'] =>
  async ({ provider, environment }) => {
    const profile = await providers.find(provider)
    if (!profile) return refuse({ code: 'plan.provider-unknown', provider })
    if (!environmentOf(profile, environment)) {
      return refuse({ code: 'plan.environment-unknown', provider: profile.name, environment })
    }
    return practice.start(profile, environment)
  }
