import type { Result } from '../result.ts'
import { ok, refuse } from '../result.ts'
import { apata } from './apata.ts'
import { jsonFault } from './json-fault.ts'
import { nuapay } from './nuapay.ts'
import { other } from './other.ts'
import { payrails } from './payrails.ts'
import { Profile } from './profile.ts'
import { profileFault } from './profile-rules.ts'
import { faultInWords } from './profile-words.ts'
import { truv } from './truv.ts'

/** The providers that come with the app, in the order of the welcome screen. */
export const builtInProfiles: readonly Profile[] = [nuapay, truv, payrails, apata, other].map((data) =>
  Profile.parse(data, { jitless: true }),
)

/** A provider file is text for people; the largest built-in one has under 8 KiB. */
export const maxProfileBytes = 256 * 1024

/**
 * Reads a provider file. Refused with `provider.file-wrong` naming the field (`environments[0].port`) and why, with
 * `file.empty` and `file.too-large`, and with `provider.id-taken` for the id of a built-in provider. `fileName` is
 * used for the words only. Never throws, whatever the text.
 */
export function parseProfile(text: string, fileName: string): Result<Profile> {
  const name = fileName.split(/[\\/]/).at(-1) ?? fileName
  const wrong = (field: string, why: string) => refuse({ code: 'provider.file-wrong', name, field, why })
  const bytes = text.length > maxProfileBytes ? text.length : new TextEncoder().encode(text).length
  if (bytes > maxProfileBytes) return refuse({ code: 'file.too-large', name, bytes, limit: maxProfileBytes })
  // Windows editors put a byte order mark in front, which JSON does not allow.
  const json = text.startsWith('\ufeff') ? text.slice(1) : text
  if (json.trim() === '') return refuse({ code: 'file.empty', name })
  const fault = jsonFault(json)
  if (fault !== null) return wrong(`line ${fault.line}, column ${fault.column}`, fault.why)
  const input: unknown = JSON.parse(json)
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return wrong('the file', 'must hold one object in { }')
  const parsed = Profile.safeParse(input)
  if (!parsed.success) {
    const { field, why } = faultInWords(parsed.error, input)
    return wrong(field, why)
  }
  const unsound = profileFault(parsed.data)
  if (unsound !== null) return wrong(unsound.field, unsound.why)
  if (builtInProfiles.some((profile) => profile.id === parsed.data.id))
    return refuse({ code: 'provider.id-taken', id: parsed.data.id })
  return ok(parsed.data)
}
