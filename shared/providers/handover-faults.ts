import { handoverBlanks } from './handing-over.ts'
import type { Profile } from './profile.ts'
import { type ProfileFault, spellPath } from './profile-words.ts'
import { blanksIn, hasStrayBrace } from './template.ts'

type Path = (string | number)[]

/** What is wrong with the hand-over of a profile beyond its schema: names that exist nowhere, blanks that nobody fills. */
export function* handoverFaults(profile: Profile): Generator<ProfileFault, void> {
  const { handover } = profile
  if (handover === undefined) return
  const at = (path: Path, why: string): ProfileFault => ({ field: spellPath(['handover', ...path]), why })
  const taken = profile.questions.find(({ id }) => (handoverBlanks as readonly string[]).includes(id))
  if (taken)
    yield at(['steps'], `fill the blank {${taken.id}} with a fact of the identity; name that question otherwise`)
  const known = new Set<string>([...handoverBlanks, ...profile.questions.map(({ id }) => id)])
  const source = (path: Path, key: string | undefined) =>
    key === undefined || Object.hasOwn(profile.sources, key)
      ? []
      : [at([...path, 'source'], `names “${key}”, which is not under sources`)]
  const blanks = (path: Path, text: string | undefined, names: ReadonlySet<string> = known) => {
    const open = blanksIn(text ?? '').find((name) => !names.has(name))
    return open === undefined ? [] : [at(path, `holds the blank {${open}}, which nobody fills`)]
  }
  for (const [i, contact] of handover.contacts.entries()) yield* source(['contacts', i], contact.source)
  const seen = new Set<string>()
  for (const [i, step] of handover.steps.entries()) {
    const here: Path = ['steps', i]
    if (seen.has(step.id)) yield at([...here, 'id'], `is “${step.id}” a second time`)
    seen.add(step.id)
    yield* source(here, step.source)
    for (const [j, id] of (step.environments ?? []).entries())
      if (!profile.environments.some((one) => one.id === id))
        yield at([...here, 'environments', j], `is “${id}”, which is not the id of an environment`)
    if (step.call !== undefined && !profile.callsYou.some(({ id }) => id === step.call))
      yield at([...here, 'call'], `is “${step.call}”, which is not an id under callsYou`)
    if (step.call !== undefined && step.direction !== 'calls-you')
      yield at([...here, 'direction'], 'must be “calls-you” for a step that names a call')
    yield* blanks([...here, 'title'], step.title)
    yield* blanks([...here, 'says'], step.says)
    for (const part of ['to', 'subject', 'body'] as const)
      yield* blanks([...here, 'message', part], step.message?.[part])
    const { request } = step
    if (request === undefined) continue
    const path: Path = [...here, 'request']
    const names = new Set([...known, ...request.blanks.map(({ id }) => id)])
    for (const [j, { id }] of request.blanks.entries())
      if (known.has(id)) yield at([...path, 'blanks', j, 'id'], `is “${id}”, which is filled already`)
    if (/[^\x21-\x7e]|#/.test(request.path) || hasStrayBrace(request.path))
      yield at([...path, 'path'], 'holds spaces, accented letters, # or loose braces; write them percent-encoded')
    yield* blanks([...path, 'path'], request.path, names)
    for (const [j, header] of request.headers.entries()) {
      // RFC 9110, 5.6.2: a field name is a token.
      if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/.test(header.name))
        yield at([...path, 'headers', j, 'name'], 'is not a header name')
      if (/[^\x20-\x7e]/.test(header.value))
        yield at([...path, 'headers', j, 'value'], 'holds a line break or an accented letter')
      yield* blanks([...path, 'headers', j, 'value'], header.value, names)
    }
    for (const part of ['user', 'password'] as const)
      yield* blanks([...path, 'basic', part], request.basic?.[part], names)
    yield* blanks([...path, 'body'], request.body, names)
  }
}
