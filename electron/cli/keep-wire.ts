import { existsSync } from 'node:fs'
import { ok, type Result } from '../../shared/result.ts'
import type { RecordedWire } from '../../shared/tls/recorded-wire.ts'
import type { Arguments, Option } from './args.ts'
import type { Io } from './io.ts'
import { writeFiles } from './write-files.ts'

/** What is kept of the bytes that passed. Both files open the connection to whoever reads them. */
export const wireOptions: Record<string, Option> = {
  pcap: { takes: 'FILE', says: 'keep the connection as pcapng, with the secrets that open it; Wireshark reads it' },
  keylog: { takes: 'FILE', says: 'keep those secrets alone, as SSLKEYLOGFILE has them' },
  force: { says: 'replace files that are there' },
}

const asked = (args: Arguments) => ['pcap', 'keylog'].flatMap((name) => args.one(name) ?? [])

/** A file that is there already, found before a call is made whose traces could then not be kept. */
export const filesTaken = (args: Arguments): string | undefined =>
  args.has('force') ? undefined : asked(args).find((path) => existsSync(path))

export async function keepWire(args: Arguments, wire: RecordedWire | null, io: Io): Promise<Result<null>> {
  const [pcap, keylog] = [args.one('pcap'), args.one('keylog')]
  if (asked(args).length === 0) return ok(null)
  if (!wire) {
    io.note('Nothing passed over a TLS connection, so there is nothing to keep of it.')
    return ok(null)
  }
  const [{ writeCapture }, { keylogText }] = await Promise.all([
    import('../../shared/tls/capture.ts'),
    import('../../shared/tls/keylog.ts'),
  ])
  const files = [
    ...(pcap === undefined ? [] : [{ path: pcap, content: writeCapture(wire, { secrets: true }), secret: true }]),
    ...(keylog === undefined ? [] : [{ path: keylog, content: keylogText(wire.keylog), secret: true }]),
  ]
  return writeFiles(files, args.has('force'))
}
