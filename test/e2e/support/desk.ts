import type { Page } from 'playwright'
import type { CallName, Input, Output } from '../../../shared/contract.ts'
import type { IdentityDetail, IdentityPlan } from '../../../shared/identity.ts'
import type { Result } from '../../../shared/result.ts'

/** Asks the main process as the page does, through the bridge: to set a scene quickly, not to judge the screens. */
export async function ask<N extends CallName>(page: Page, call: N, input: Input<N>): Promise<Output<N>> {
  const answer = (await page.evaluate(
    ([name, value]) =>
      (globalThis as unknown as { desk: Record<string, (input: unknown) => Promise<unknown>> }).desk[name as string]!(
        value,
      ),
    [call, input] as const,
  )) as Result<Output<N>>
  if (!answer.ok) throw new Error(`${call} was refused: ${JSON.stringify(answer.problem)}`)
  return answer.value
}

/** An identity whose request waits for its certificate. */
export const makeIdentity = (page: Page, plan: Partial<IdentityPlan> = {}): Promise<IdentityDetail> =>
  ask(page, 'createIdentity', {
    work: 'scene',
    plan: {
      provider: 'truv',
      environment: 'sandbox',
      name: 'Acme at Truv',
      answers: { name: 'acme' },
      subject: {},
      subjectAltNames: [],
      key: 'ec-p256',
      ...plan,
    },
  })
