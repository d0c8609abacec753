import { handoverFaults } from './handover-faults.ts'
import { readHostName, readIp } from './host-name.ts'
import { matchesPattern, patternFault } from './pattern.ts'
import type { Profile } from './profile.ts'
import type { ProfileFault } from './profile-words.ts'
import { spellPath } from './profile-words.ts'
import { checkSubjectValue } from './subject.ts'
import { blanksIn, fillKnown, hasStrayBrace, templatePattern } from './template.ts'

/**
 * What a schema cannot say: names that must exist elsewhere in the file, templates whose blanks nobody fills, patterns
 * that could keep the app busy for ever. The first fault in the order of the file; `null` when the profile is sound.
 */
export function profileFault(profile: Profile): ProfileFault | null {
  for (const check of [sources, environments, questions, subject, alternativeNames, keys, firstCall, handoverFaults])
    for (const fault of check(profile)) return fault
  return null
}

type Faults = Generator<ProfileFault, void>

const at = (path: (string | number)[], why: string): ProfileFault => ({ field: spellPath(path), why })

function* sources(profile: Profile): Faults {
  const known = (key: string) => Object.hasOwn(profile.sources, key)
  const named: [path: (string | number)[], key: string | undefined][] = [
    ...profile.environments.map((one, i): [(string | number)[], string | undefined] => [
      ['environments', i, 'source'],
      one.source,
    ]),
    ...profile.questions.map((one, i): [(string | number)[], string | undefined] => [
      ['questions', i, 'source'],
      one.source,
    ]),
    ...profile.subject.map((one, i): [(string | number)[], string | undefined] => [
      ['subject', i, 'source'],
      one.source,
    ]),
    [['subjectAltNames', 'source'], profile.subjectAltNames.source],
    [['keys', 'source'], profile.keys.source],
    [['signing', 'source'], profile.signing.source],
    [['signing', 'maxActiveSource'], profile.signing.maxActiveSource],
    [['submit', 'source'], profile.submit.source],
    [['firstCall', 'source'], profile.firstCall?.source],
    ...profile.callsYou.map((one, i): [(string | number)[], string | undefined] => [
      ['callsYou', i, 'source'],
      one.source,
    ]),
    ...profile.callsYou.map((one, i): [(string | number)[], string | undefined] => [
      ['callsYou', i, 'sample', 'source'],
      one.sample?.source,
    ]),
    [['webhooks', 'source'], profile.webhooks?.source],
    [['webhooks', 'signature', 'source'], profile.webhooks?.signature?.source],
    ...profile.refusals.map((one, i): [(string | number)[], string | undefined] => [
      ['refusals', i, 'source'],
      one.source,
    ]),
    [['renewal', 'source'], profile.renewal.source],
  ]
  for (const [path, key] of named)
    if (key !== undefined && !known(key)) yield at(path, `names “${key}”, which is not under sources`)
}

function* environments(profile: Profile): Faults {
  const seen = new Set<string>()
  for (const [i, one] of profile.environments.entries()) {
    if (seen.has(one.id)) yield at(['environments', i, 'id'], `is “${one.id}” a second time`)
    seen.add(one.id)
    if (one.host !== undefined) {
      yield* template(profile, ['environments', i, 'host'], one.host)
      // Blanks stand in as one letter: what is left must already be a host name.
      const host = readHostName(one.host.replace(/\{\w+\}/g, 'x'))
      if (!host.ok) yield at(['environments', i, 'host'], host.fault)
      else if (host.wildcard) yield at(['environments', i, 'host'], 'is a wildcard, which cannot be called')
    }
    for (const [j, address] of one.allowList.entries())
      if (readIp(address.replace(/\/\d{1,3}$/, '')) === null)
        yield at(['environments', i, 'allowList', j], 'is not an IP address or range')
  }
}

function* questions(profile: Profile): Faults {
  const seen = new Set<string>()
  for (const [i, one] of profile.questions.entries()) {
    if (seen.has(one.id)) yield at(['questions', i, 'id'], `is “${one.id}” a second time`)
    seen.add(one.id)
    const fault = patternFault(one.pattern)
    if (fault !== null) yield at(['questions', i, 'pattern'], fault)
    else if (one.default !== undefined && !matchesPattern(one.pattern, one.default))
      yield at(['questions', i, 'default'], 'does not match the pattern of its question')
  }
}

function* subject(profile: Profile): Faults {
  const ids = new Set(profile.environments.map((one) => one.id))
  const seen = new Set<string>()
  for (const [i, rule] of profile.subject.entries()) {
    if (seen.has(rule.field)) yield at(['subject', i, 'field'], `is “${rule.field}” a second time`)
    seen.add(rule.field)
    if (rule.pattern !== undefined) {
      const fault = patternFault(rule.pattern)
      if (fault !== null) yield at(['subject', i, 'pattern'], fault)
    }
    const locked = rule.rule === 'fixed' || rule.rule === 'derived'
    if (rule.value === undefined) {
      if (locked) yield at(['subject', i, 'value'], `is missing; a ${rule.rule} field needs one`)
      continue
    }
    const values = typeof rule.value === 'string' ? { '': rule.value } : rule.value
    for (const id of Object.keys(values))
      if (id !== '' && !ids.has(id)) yield at(['subject', i, 'value', id], 'is not the id of an environment')
    for (const id of ids)
      if (locked && typeof rule.value !== 'string' && !Object.hasOwn(values, id))
        yield at(['subject', i, 'value'], `has no value for the environment “${id}”`)
    for (const [id, value] of Object.entries(values)) {
      const path = ['subject', i, 'value', ...(id === '' ? [] : [id])]
      yield* template(profile, path, value)
      const blanks = blanksIn(value)
      if (rule.rule === 'fixed' && blanks.length > 0)
        yield at(path, `holds the blank {${blanks[0]}}; make the field “derived” for that`)
      if (rule.rule === 'derived' && blanks.length === 0)
        yield at(path, 'holds no blank; make the field “fixed” for that')
      if (locked && value === '') yield at(path, 'is empty')
      const wrong = blanks.length > 0 ? undefined : checkSubjectValue(rule.field, value)[0]
      if (wrong?.severity === 'refuses') yield at(path, `cannot be used: ${wrong.message}`)
      const whole = templatePattern(value, (name) => profile.questions.find((one) => one.id === name)?.pattern ?? '')
      const fault = blanks.length > 0 ? patternFault(whole, 2000) : null
      if (fault !== null) yield at(path, `${fault}, together with the patterns of its blanks`)
    }
  }
}

function* alternativeNames(profile: Profile): Faults {
  for (const [i, text] of profile.subjectAltNames.suggest.entries()) {
    yield* template(profile, ['subjectAltNames', 'suggest', i], text)
    if (!/^(?:DNS|IP|email|URI):./.test(text))
      yield at(['subjectAltNames', 'suggest', i], 'must begin with DNS:, IP:, email: or URI:')
  }
}

function* keys(profile: Profile): Faults {
  const { allowed, named, recommended } = profile.keys
  if (!allowed.includes(recommended))
    yield at(['keys', 'recommended'], `is “${recommended}”, which is not under allowed`)
  for (const [i, key] of (named ?? []).entries())
    if (!allowed.includes(key)) yield at(['keys', 'named', i], `is “${key}”, which is not under allowed`)
}

function* firstCall(profile: Profile): Faults {
  const call = profile.firstCall
  if (call === undefined) return
  const seen = new Set(profile.questions.map((one) => one.id))
  for (const [i, blank] of call.blanks.entries()) {
    if (seen.has(blank.id)) yield at(['firstCall', 'blanks', i, 'id'], `is “${blank.id}” a second time`)
    seen.add(blank.id)
  }
  const known = [...seen]
  yield* template(profile, ['firstCall', 'path'], call.path, known)
  if (/[^\x21-\x7e]/.test(call.path) || call.path.includes('#'))
    yield at(['firstCall', 'path'], 'holds spaces, accented letters or #; write them percent-encoded')
  for (const [i, header] of call.headers.entries()) {
    // RFC 9110, 5.6.2: a field name is a token.
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/.test(header.name))
      yield at(['firstCall', 'headers', i, 'name'], 'is not a header name')
    yield* template(profile, ['firstCall', 'headers', i, 'value'], header.value, known)
    if (/[^\x20-\x7e]/.test(header.value))
      yield at(['firstCall', 'headers', i, 'value'], 'holds a line break or an accented letter')
  }
  // A JSON body has braces of its own, so only well-formed blanks count there.
  const open = call.body === undefined ? [] : blanksIn(call.body).filter((name) => !known.includes(name))
  if (open.length > 0) yield at(['firstCall', 'body'], `holds the blank {${open[0]}}, which nobody fills`)
}

function* template(profile: Profile, path: (string | number)[], text: string, known?: string[]): Faults {
  const names = known ?? profile.questions.map((one) => one.id)
  const unknown = blanksIn(text).find((name) => !names.includes(name))
  if (unknown !== undefined)
    yield at(
      path,
      `holds the blank {${unknown}}, which is ${known === undefined ? 'not the id of a question' : 'neither under blanks nor the id of a question'}`,
    )
  if (hasStrayBrace(fillKnown(text, {}))) yield at(path, 'has a { or } that is not part of a {blank}')
}
