import { execFile } from 'node:child_process'
import { tmpdir } from 'node:os'

/** Settings of the machine's user may not change what a test sees. */
const env = { ...process.env, WIRESHARK_CONFIG_DIR: tmpdir(), LC_ALL: 'C.UTF-8' }

/** The named fields of each packet that the filter lets through, as tshark shows them. */
export function tshark(
  file: string,
  fields: readonly string[],
  filter = 'tls or http',
  settings: readonly string[] = [],
): Promise<Record<string, string>[]> {
  const wanted = fields.flatMap((field) => ['-e', field])
  // Not only read but checked: wrong checksums would be told.
  const checked = ['tcp.check_checksum:TRUE', 'ip.check_checksum:TRUE', ...settings].flatMap((one) => ['-o', one])
  return new Promise((resolve, reject) => {
    // A port of the moment may be one that tshark knows for another protocol.
    const args = ['-r', file, '-d', 'tcp.port==1024-65535,tls', ...checked, '-Y', filter, '-T', 'fields', ...wanted]
    execFile('tshark', args, { env, maxBuffer: 1 << 26 }, (error, out) => {
      if (error && out === '') return reject(error)
      const rows = out.split('\n').filter((row) => row !== '')
      resolve(rows.map((row) => Object.fromEntries(row.split('\t').map((value, i) => [fields[i] ?? '', value]))))
    })
  })
}
