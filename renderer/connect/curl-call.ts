import type { CurlCall } from '../../shared/handover/curl.ts'
import { fileNameOf, serverCaFileOf } from '../../shared/handover/file-name.ts'
import { type Open, withoutTypedSecrets } from '../../shared/handover/typed-secrets.ts'
import type { Blank } from '../../shared/providers/profile.ts'
import type { CallForm } from './call-form.ts'

/** Values are put in; a secret, or a value that is only in the vault, stays as its blank. */
export function fillForShow(text: string, form: CallForm, blanks: readonly Blank[]): string {
  return blanks.reduce((now, { id, secret }) => {
    const value = form.blanks[id]
    return secret || !value ? now : now.replaceAll(`{${id}}`, value)
  }, text)
}

/** Blanks that the reader of the line fills in. */
export const leftBlank = (form: CallForm, blanks: readonly Blank[]): Blank[] =>
  blanks.filter(({ id, secret }) => secret || !form.blanks[id])

/** Where the user puts a CA that no export writes. */
export const looseCaFile = 'server-ca.pem'

type Files = { kind: 'pem' | 'pkcs12'; identity: string | undefined; hasServerCa: boolean }

/**
 * The call of the form as curl makes it, with the files that an export of the identity writes. The CA that the call
 * trusts is among those when it is kept with the identity. Secrets that were typed into it are blanks.
 */
export function curlCallOf(
  form: CallForm,
  blanks: readonly Blank[],
  { kind, identity, hasServerCa }: Files,
): Open<CurlCall> {
  const show = (text: string) => fillForShow(text, form, blanks)
  const stem = fileNameOf(identity ?? '')
  const kept = form.trust === 'provider' || (form.trust === 'practice' && hasServerCa)
  const ca = form.trust === 'system' ? undefined : kept ? serverCaFileOf(stem) : looseCaFile
  const own = kind === 'pem' ? { certificate: `${stem}.crt`, key: `${stem}.key` } : { pkcs12: `${stem}.p12` }
  const hasBody = form.body !== '' && form.method !== 'GET' && form.method !== 'HEAD'
  const call: CurlCall = {
    url: show(form.url.trim()),
    method: form.method,
    headers: form.headers
      .filter((one) => one.name.trim() !== '')
      .map(({ name, value }) => ({ name, value: show(value) })),
    ...(hasBody && { body: show(form.body) }),
    files: form.identity === null ? { ca } : { ...own, ca },
  }
  return withoutTypedSecrets(
    call,
    leftBlank(form, blanks).map(({ id }) => id),
  )
}

/** What the reader of a line fills in, in words. */
export function leftWords(form: CallForm, blanks: readonly Blank[], { blanks: all }: { blanks: string[] }): string {
  const known = new Map(leftBlank(form, blanks).map(({ id, label }) => [id, `{${id}}, your ${label}`]))
  return all.map((id) => known.get(id) ?? `{${id}}`).join('; ')
}
