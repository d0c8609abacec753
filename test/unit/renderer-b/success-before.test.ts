import { describe, expect, it } from 'vitest'
import { successBefore } from '../../../renderer/connect/success-before.ts'
import type { AttemptLine } from '../../../shared/tls/kept-attempts.ts'

const line = (id: string, outcome: AttemptLine['outcome']): AttemptLine => ({
  id,
  endpoint: 'e',
  at: '2026-05-01T00:00:00.000Z',
  outcome,
  cause: '',
  title: '',
  durationMs: 1,
  by: 'hand',
})
const lines = [
  line('f', 'refused'),
  line('e', 'accepted'),
  line('d', 'unreachable'),
  line('c', 'accepted'),
  line('b', 'accepted'),
  line('a', 'refused'),
]

describe('the success that a failure is compared with', () => {
  it('is the last one before it', () => {
    expect(successBefore(lines, 'f')?.id).toBe('e')
    expect(successBefore(lines, 'd')?.id).toBe('c')
  })

  it('is the first one after it when none came before', () => {
    expect(successBefore(lines, 'a')?.id).toBe('b')
  })

  it('is none for a success, for an unknown attempt, and where nothing has worked yet', () => {
    expect(successBefore(lines, 'e')).toBeUndefined()
    expect(successBefore(lines, 'x')).toBeUndefined()
    expect(successBefore([line('a', 'refused')], 'a')).toBeUndefined()
  })
})
