import type { ServerKind, ServerWish } from '../../shared/serverconfig/server-wish.ts'
import { usualWish } from '../../shared/serverconfig/usual-wish.ts'
import { ruleProblem, type WishRule } from '../../shared/serverconfig/wish-rules.ts'

export type ServerForm = {
  provider: string
  /** Id of the way of calling. */
  call: string
  server: ServerKind
  host: string
  port: string
  certificate: string
  key: string
  clientCa: string
  crl: string
  checkCrl: boolean
  depth: string
  pin: 'none' | 'name' | 'certificate'
  pinName: string
  upstream: string
  subject: string
  fingerprint: string
  certificateHeader: string
  /** Handle of an authority whose certificate and list are saved along; empty for none. */
  authority: string
  /** Certificate and key of the listener are saved along. */
  listener: boolean
}

export type Pinned = { subject: string; sha256: string; sha1: string; serial: string }

const { headers, ...usual } = usualWish

/** Before anybody has typed. */
export const firstForm: ServerForm = {
  ...{ provider: '', call: '', server: 'nginx', host: usual.host, port: `${usual.port}` },
  ...{ certificate: usual.certificate, key: usual.key, clientCa: usual.clientCa, crl: usual.crl ?? '' },
  ...{ checkCrl: true, depth: `${usual.depth}`, pin: 'none', pinName: '', upstream: usual.upstream },
  ...{ subject: headers.subject, fingerprint: headers.fingerprint, certificateHeader: headers.certificate },
  ...{ authority: '', listener: false },
}

/** What the form says, whether it may be written or not: `problemsIn` tells. */
export function wishOf(form: ServerForm, pinned: Pinned | null, caller: ServerWish['caller']): ServerWish {
  const pin: ServerWish['pin'] =
    form.pin === 'name'
      ? { by: 'name', name: form.pinName }
      : form.pin === 'certificate' && pinned
        ? { by: 'certificate', sha256: pinned.sha256, sha1: pinned.sha1, serial: pinned.serial }
        : undefined
  return {
    host: form.host,
    port: Number(form.port),
    certificate: form.certificate,
    key: form.key,
    clientCa: form.clientCa,
    ...(form.checkCrl && { crl: form.crl }),
    depth: Number(form.depth),
    ...(pin && { pin }),
    upstream: form.upstream,
    headers: { subject: form.subject, fingerprint: form.fingerprint, certificate: form.certificateHeader },
    ...(caller && { caller }),
  }
}

const ruled: [keyof ServerForm, WishRule][] = [
  ['host', 'host'],
  ['certificate', 'path'],
  ['key', 'path'],
  ['clientCa', 'path'],
  ['upstream', 'upstream'],
  ['subject', 'header'],
  ['fingerprint', 'header'],
  ['certificateHeader', 'header'],
]

export type ServerProblems = Partial<Record<keyof ServerForm, string>>

/** What cannot be written as it stands, by field. */
export function problemsIn(form: ServerForm, pinned: Pinned | null): ServerProblems {
  const found: ServerProblems = {}
  const rules: typeof ruled = [
    ...ruled,
    ...(form.checkCrl ? [['crl', 'path'] satisfies [keyof ServerForm, WishRule]] : []),
    ...(form.pin === 'name' ? [['pinName', 'host'] satisfies [keyof ServerForm, WishRule]] : []),
  ]
  for (const [field, rule] of rules) {
    const wrong = ruleProblem(rule, String(form[field]))
    if (wrong) found[field] = wrong
  }
  if (!/^\d{1,5}$/.test(form.port) || Number(form.port) < 1 || Number(form.port) > 65_535) found.port = '1 to 65535.'
  if (form.pin === 'certificate' && !pinned) found.pin = 'Choose the certificate.'
  return found
}
