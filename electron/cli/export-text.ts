import type { z } from 'zod'
import type { Receiver } from '../../shared/handover/receivers.ts'
import type { WhoOpens } from '../../shared/pki/inspect-calls.ts'
import type { Io } from './io.ts'
import type { ExportOut, ReceiversOut } from './output-export.ts'
import { columns, painter, plain } from './print.ts'

type Out = Exclude<z.infer<typeof ExportOut>, { problem: unknown }>

const words = { required: 'always a passphrase', optional: 'a passphrase or none', none: 'no passphrase' } as const

export const receiversText = (receivers: z.infer<typeof ReceiversOut>): string =>
  receivers.map(({ id, name, says, passphrase }) => `${id}\n  ${name} (${words[passphrase]})\n  ${says}`).join('\n')

const named = (rows: readonly WhoOpens[], opens: WhoOpens['opens']) =>
  rows.filter((row) => row.opens === opens).map(({ who, measured }) => (measured === null ? `${who} *` : who))

export function exportText(receiver: Receiver, out: Out, io: Io): string {
  const tables = out.opens.flatMap(({ holds, rows }) => [
    plain(holds),
    columns([
      ['opens in', named(rows, 'yes')],
      ['partly', named(rows, 'partly')],
      ['not in', named(rows, 'no')],
    ]),
  ])
  return [
    painter(io)(`Written for ${receiver.name}`, 'strong'),
    columns([
      ['files', out.files.map(({ file }) => plain(file))],
      ['passphrase', out.passphraseFile === null ? [] : [`in ${plain(out.passphraseFile)}`]],
      ['subject', [plain(out.subject)]],
      ['steps', out.steps],
    ]),
    ...tables,
    ...(tables.length > 0 ? ['* not measured here: as its makers and users say'] : []),
  ].join('\n')
}
