import { z } from 'zod'
import { jsonFault } from '../providers/json-fault.ts'
import { faultInWords } from '../providers/profile-words.ts'
import { placeIn } from './json-places.ts'
import { Policy, type PolicySection, policySections } from './policy.ts'
import { noPolicy, type PolicyFault, type PolicyState } from './policy-state.ts'

/** A policy is a page of text. */
export const maxPolicyBytes = 256 * 1024

/** A file of which nothing can be known: everything it could have governed fails closed. */
export function unreadable(file: string, why: string, place: { line?: number; column?: number } = {}): PolicyState {
  return {
    ...noPolicy(file),
    state: 'broken',
    faults: [{ file, ...place, field: 'the file', why, governs: [...policySections] }],
  }
}

/**
 * Reads the text of a policy file. Sections are read each by itself: what is sound is in force, what is not is a fault
 * that names line and column, and governs that section. A fault that may concern any of them (no JSON, an unknown name)
 * governs all; one in a line that decides nothing (`organisation`) governs none. Never throws, whatever the text.
 */
export function readPolicyText(text: string, file: string): PolicyState {
  // Windows editors put a byte order mark in front, which JSON does not allow.
  const json = text.startsWith('\ufeff') ? text.slice(1) : text
  if (json.trim() === '') return unreadable(file, 'is empty')
  const broken = jsonFault(json)
  if (broken) return unreadable(file, broken.why, { line: broken.line, column: broken.column })
  const input: unknown = JSON.parse(json)
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return unreadable(file, 'must hold one object in { }', { line: 1, column: 1 })
  }
  const faults: PolicyFault[] = []
  const sound: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(input)) {
    // Alone, so that a fault in one section costs no other.
    const parsed = Policy.safeParse({ [name]: value })
    if (parsed.success) sound[name] = value
    else {
      // A misspelt name is the cause of the missing one.
      const isName = ({ code }: { code: string }) => (code === 'unrecognized_keys' ? 0 : 1)
      const issues = parsed.error.issues.toSorted((a, b) => isName(a) - isName(b))
      const [issue] = issues
      const path = issue?.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : (issue?.path ?? [])
      faults.push({
        file,
        ...placeIn(json, path),
        ...faultInWords(new z.ZodError(issues), { [name]: value }, Policy),
        governs: isSection(name) ? [name] : Object.hasOwn(Policy.shape, name) ? [] : [...policySections],
      })
    }
  }
  return { file, state: faults.length > 0 ? 'broken' : 'good', policy: Policy.parse(sound), faults }
}

const isSection = (name: string): name is PolicySection => (policySections as readonly string[]).includes(name)
