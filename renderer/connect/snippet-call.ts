import { fileNameOf, serverCaFileOf } from '../../shared/handover/file-name.ts'
import type { SnippetCall } from '../../shared/handover/snippet.ts'
import { withoutTypedSecrets } from '../../shared/handover/typed-secrets.ts'
import { withoutValues } from '../../shared/providers/filled-call.ts'
import type { Blank } from '../../shared/providers/profile.ts'
import type { CallForm } from './call-form.ts'
import { fillForShow, leftBlank, looseCaFile } from './curl-call.ts'

type Files = { identity: string; hasServerCa: boolean; locked: boolean }

/**
 * The call of the form for other programs, with the files that an export of the identity writes. Its secrets are read from
 * the environment: those of blanks, and those that were typed straight into a header, the address or the body.
 */
export function snippetCallOf(
  form: CallForm,
  blanks: readonly Blank[],
  { identity, hasServerCa, locked }: Files,
): SnippetCall {
  const secrets = Object.fromEntries(
    blanks.filter(({ id, secret }) => secret && form.blanks[id]).map(({ id }) => [id, form.blanks[id] ?? '']),
  )
  const show = (text: string) => withoutValues(fillForShow(text, form, blanks), secrets)
  const hasBody = form.body !== '' && form.method !== 'GET' && form.method !== 'HEAD'
  const open = withoutTypedSecrets(
    {
      url: show(form.url.trim()),
      headers: form.headers
        .filter((one) => one.name.trim() !== '')
        .map(({ name, value }) => ({ name: name.trim(), value: show(value) })),
      ...(hasBody && { body: show(form.body) }),
    },
    leftBlank(form, blanks).map(({ id }) => id),
  )
  const stem = fileNameOf(identity)
  const kept = form.trust === 'provider' || (form.trust === 'practice' && hasServerCa)
  const serverCa = form.trust === 'system' ? undefined : kept ? serverCaFileOf(stem) : looseCaFile
  return {
    ...open,
    method: form.method,
    files: {
      certificate: `${stem}.crt`,
      key: `${stem}.key`,
      bundle: `${stem}.p12`,
      ...(serverCa !== undefined && { serverCa }),
    },
    locked,
  }
}
