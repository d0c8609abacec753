import { type Step, StepName } from '../../shared/tls/attempt.ts'

/** Keeps the steps of one attempt with their times and tells of each as it happens. */
export class Steps {
  readonly list: Step[] = []
  private readonly startedAt = performance.now()
  private readonly onStep: ((step: Step) => void) | undefined
  private lastMs = 0
  /** What is being done: where an attempt that ends now has failed. */
  during: StepName = 'resolve'

  constructor(onStep: ((step: Step) => void) | undefined) {
    this.onStep = onStep
  }

  elapsedMs(): number {
    return Math.round((performance.now() - this.startedAt) * 10) / 10
  }

  /** To the microsecond, as captures have it. */
  readonly exactMs = (): number => Math.round((performance.now() - this.startedAt) * 1000) / 1000

  begin(name: StepName): void {
    this.during = name
  }

  /** What was done until now counts for no step. */
  mark(): void {
    this.lastMs = this.elapsedMs()
  }

  /** `took` is false for steps that are read off what happened already, such as what the server asked for. */
  add(name: StepName, state: Step['state'], says: string, took = state !== 'skipped'): void {
    if (this.list.some((step) => step.name === name)) return
    const atMs = this.elapsedMs()
    const tookMs = Math.round((atMs - this.lastMs) * 10) / 10
    this.lastMs = atMs
    const step: Step = { name, state, atMs, says, ...(took ? { tookMs } : {}) }
    this.list.push(step)
    this.onStep?.(step)
  }

  /** A step that is read off what happened already, in place of what was told of it before. */
  tell(name: StepName, says: string): void {
    const told = this.list.find((step) => step.name === name)
    if (told) told.says = says
    else this.add(name, 'done', says, false)
  }

  /** Every attempt shows every step: those it did not come to are marked. */
  finish(): Step[] {
    const order = StepName.options
    for (const name of order) this.add(name, 'skipped', 'Not reached')
    return this.list.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
  }
}
