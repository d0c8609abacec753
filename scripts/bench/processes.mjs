// @ts-check
// The processes of a started app: which they are, what they hold in memory, how long they have computed.

import { readdirSync, readFileSync } from 'node:fs'

/** @param {string} path */
const read = (path) => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // Ended meanwhile, or not ours to look into.
    return ''
  }
}

/** What follows the command's name, which may hold spaces and brackets. @param {number | string} pid */
const fieldsOf = (pid) => read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? []

/** The process, and all that it started. @param {number} pid @returns {number[]} */
export function familyOf(pid) {
  /** @type {Map<number, number[]>} */
  const children = new Map()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const parent = Number(fieldsOf(name)[1])
    children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const family = [pid]
  for (const member of family) family.push(...(children.get(member) ?? []))
  return family
}

/**
 * Proportional set size in MiB: memory that processes share is counted once. NaN when one of them may not be looked
 * into, because a sum without the window's own process would flatter.
 * @param {number[]} pids
 */
export function memoryOf(pids) {
  const told = pids.map((pid) => Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? Number.NaN))
  return told.reduce((sum, kib) => sum + kib, 0) / 1024
}

/** Processor time in milliseconds, in hundredths of a second. @param {number[]} pids */
export function computedBy(pids) {
  return pids.reduce((sum, pid) => {
    const fields = fieldsOf(pid)
    return sum + (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * 10
  }, 0)
}
