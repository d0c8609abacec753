import type { Attempt, StepName } from '../../shared/tls/attempt.ts'

const words: Partial<Record<StepName, string>> = {
  resolve: 'Name look-up',
  connect: 'Connection (TCP)',
  tls: 'Handshake (TLS)',
  request: 'Until it was sent',
  response: 'Until it answered',
}

export type StepBar = {
  name: StepName
  word: string
  /** Left edge and width in per cent of the whole attempt. */
  from: number
  width: number
  tookMs: number
  failed: boolean
}

/** A bar is never so thin that it cannot be seen. */
const leastWidth = 0.6

/** The steps that took time of their own, as bars on one scale. Answers none for an attempt without durations. */
export function stepTimes({ steps, durationMs }: Pick<Attempt, 'steps' | 'durationMs'>): StepBar[] {
  const whole = Math.max(durationMs, ...steps.map(({ atMs }) => atMs))
  if (!(whole > 0)) return []
  return steps.flatMap(({ name, atMs, tookMs, state }) => {
    const word = words[name]
    if (word === undefined || tookMs === undefined || state === 'skipped') return []
    const width = Math.max(leastWidth, (100 * tookMs) / whole)
    const from = Math.min(100 - width, Math.max(0, (100 * (atMs - tookMs)) / whole))
    return [{ name, word, from, width, tookMs, failed: state === 'failed' }]
  })
}
