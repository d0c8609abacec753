import { contract } from '../../shared/contract.ts'
import { type Ways, waysOf } from '../ipc.ts'
import type { Means } from '../means.ts'
import { createHandlers } from './table.ts'

/** Every call. Loaded when the first screen has its answers, or with the first other call. */
export const allWays = (means: Means): Ways => waysOf(contract, createHandlers(means))
