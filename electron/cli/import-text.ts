import type { z } from 'zod'
import type { ImportOut } from './output-import.ts'
import { columns, type painter } from './print.ts'

type Out = Exclude<z.infer<typeof ImportOut>, { problem: unknown }>

/** What was imported, what was not and why, and which keys still lie in the clear. */
export function importText(out: Out, dry: boolean, paint: ReturnType<typeof painter>): string {
  const { imported, known, authorities, locked, withoutKey, leftOut } = out
  const count = imported.length === 1 ? 'one identity' : `${imported.length} identities`
  const head = dry ? `Would import ${count}` : imported.length === 0 ? 'Nothing was imported' : `Imported ${count}`
  const lying = imported.filter(({ unprotected }) => unprotected).flatMap(({ files }) => files[0] ?? [])
  return [
    paint(head, 'strong'),
    columns(
      imported.map(({ name, provider, environment, notAfter }) => [
        name,
        `${provider}, ${environment}${notAfter ? `, until ${notAfter.slice(0, 10)}` : ', no certificate yet'}`,
      ]),
    ),
    ...known.map(({ name, as, binned }) => `${name}: ${binned ? 'in the bin' : 'here already'} as “${as}”`),
    ...authorities.map((name) => `${name}: an authority (CA), left out`),
    ...locked.map((file) => `${file}: locked; give its passphrase with --key-passphrase-file`),
    ...withoutKey.map(({ file, what, subject }) => `${file}: the key of this ${what} is not here (${subject})`),
    ...leftOut.map(({ file, problem }) => `${file}: ${problem.title}`),
    ...(lying.length > 0 && !dry ? ['', `Still lying there without a passphrase: ${lying.join(', ')}`] : []),
  ]
    .filter((line, at) => line !== '' || at > 1)
    .join('\n')
}
