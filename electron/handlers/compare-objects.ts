import type { Handlers } from '../ipc.ts'
import type { Means } from '../means.ts'
import { objectOf } from './object-of.ts'

/** Compares two objects field by field: dropped ones, and what identities hold. */
export const compareObjects =
  (means: Means): Handlers['compareObjects'] =>
  async ({ a, b }) => {
    const one = await objectOf(means, a)
    if (!one.ok) return one
    const other = await objectOf(means, b)
    if (!other.ok) return other
    const reader = await means.reader()
    return reader.compare(one.value, other.value)
  }
