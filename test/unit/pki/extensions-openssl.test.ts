import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readCertificate } from '../../../shared/pki/certificate.ts'
import { der } from '../../../shared/pki/der.ts'
import { pemBlocks } from '../../../shared/pki/pem.ts'
import { corpusRows } from '../../support/corpus.ts'

/** Our lines of an extension, put as OpenSSL prints them; `null` for a line that it has no like of. */
type Spelling = (lines: string[]) => (string | null)[]

const usages: Record<string, string> = {
  digitalSignature: 'Digital Signature',
  nonRepudiation: 'Non Repudiation',
  keyEncipherment: 'Key Encipherment',
  dataEncipherment: 'Data Encipherment',
  keyAgreement: 'Key Agreement',
  keyCertSign: 'Certificate Sign',
  cRLSign: 'CRL Sign',
  encipherOnly: 'Encipher Only',
  decipherOnly: 'Decipher Only',
  keyCompromise: 'Key Compromise',
  cACompromise: 'CA Compromise',
  affiliationChanged: 'Affiliation Changed',
  superseded: 'Superseded',
  cessationOfOperation: 'Cessation Of Operation',
  certificateHold: 'Certificate Hold',
  privilegeWithdrawn: 'Privilege Withdrawn',
  aACompromise: 'AA Compromise',
  unused: 'Unused',
}
const worded = (list: string[]) => list.map((one) => usages[one] ?? one).join(', ')
const colons = (hex: string) => hex.toUpperCase().replace(/..(?=.)/g, '$&:')
/** OpenSSL shows no other form of an internationalised name. */
const address = (line: string) =>
  line.replace(/^IP:([\d.]+)\/(\d+)$/, (_, ip, bits) => `IP:${ip}/${mask(Number(bits))}`)
const mask = (bits: number) =>
  [0, 8, 16, 24].map((from) => 256 - 2 ** (8 - Math.min(8, Math.max(0, bits - from)))).join('.')
const directory = (line: string): string | null => (/dirName:|otherName:|RID:|IP:[0-9a-f]*::?/.test(line) ? null : line)
/** OpenSSL prints policies by number, the few it has a name for by name. */
const policyId = (line: string) => {
  const [, name, oid] = /^(.*) \(([\d.]+)\)$/.exec(line) ?? []
  return oid === undefined ? line : /^Any Policy$|^Class of/.test(name!) ? name!.replace('Any', 'X509v3 Any') : oid
}
const date = (iso: string) => {
  const [month, day, year, time] = new Date(iso)
    .toUTCString()
    .replace(/^..., (\d+) (...) (\d+) (.*) GMT$/, '$2 $1 $3 $4')
    .split(' ')
  return `${month} ${day!.replace(/^0/, ' ')} ${time} ${year} GMT`
}

const distribution: Spelling = (lines) =>
  lines.map((line) => {
    const part = line.replace(/^Point \d+: /, '')
    if (part.startsWith('Reasons: '))
      return worded(
        part
          .slice(9)
          .split(', ')
          .filter((one) => !one.startsWith('bit ')),
      )
    return part.startsWith('URI:') ? part : null
  })
const access: Spelling = (lines) => lines.map((line) => directory(line.replace(/: /, ' - ')))

const spellings: Record<string, Spelling> = {
  '2.5.29.14': ([hex]) => [colons(hex!)],
  '2.5.29.15': (lines) => [worded(lines)],
  '2.5.29.16': (lines) => [
    lines
      .map((l) =>
        l
          .replace(/(Not \w+): (.*)/, (_, word, iso) => `${word}: ${date(iso)}`)
          .replace('before', 'Before')
          .replace('after', 'After'),
      )
      .join(', '),
  ],
  '2.5.29.19': ([ca, path]) => [
    `${ca === 'CA: yes' ? 'CA:TRUE' : 'CA:FALSE'}${path ? `, pathlen:${path.slice(13)}` : ''}`,
  ],
  '2.5.29.30': (lines) => lines.map((l) => directory(address(l.replace(/^\w+: /, '').replace(/ \(any\)$/, '')))),
  '2.5.29.31': distribution,
  '2.5.29.46': distribution,
  '2.5.29.32': (lines) =>
    lines.map((l) => {
      if (l.startsWith('Practice statement: ')) return `CPS: ${l.slice(20)}`
      if (l.startsWith('Notice')) return l.startsWith('Notice: ') ? `Explicit Text: ${l.slice(8).trim()}` : null
      return `Policy: ${policyId(l)}`
    }),
  '2.5.29.35': (lines) =>
    lines.map((l) =>
      /^(Key identifier|Serial)/.test(l)
        ? l
            .replace(/^Key identifier: (.*)/, (_, hex) => colons(hex))
            .replace(/^Serial: (.*)/, (_, hex) => `serial:${colons(hex)}`)
        : null,
    ),
  '2.5.29.36': (lines) => [
    lines
      .map((l) =>
        l
          .replace('Explicit policy required after: ', 'Require Explicit Policy:')
          .replace('Policy mapping inhibited after: ', 'Inhibit Policy Mapping:'),
      )
      .join(', '),
  ],
  '2.5.29.37': (lines) => [lines.map((l) => /\((.*)\)$/.exec(l)?.[1] ?? l).join(', ')],
  '2.5.29.54': ([l]) => [l!.replace(/\D/g, '')],
  '1.3.6.1.5.5.7.1.1': access,
  '1.3.6.1.5.5.7.1.11': access,
  '1.3.6.1.5.5.7.1.24': (lines) => [
    lines.map((l) => l.replace(/ \(.*/, '').replace('_request', '_request')).join(', '),
  ],
  '1.3.6.1.4.1.11129.2.4.2': (lines) =>
    lines.slice(1).map((l) => `Timestamp : ${date(/ on (\S+?),/.exec(l)![1]!).replace(/( \d\d:\d\d:\d\d)/, '$1')}`),
  '2.16.840.1.113730.1.13': (lines) => lines,
}

/** Extensions as `-text` prints them: name to lines. */
function printed(text: string): Map<string, string[]> {
  const found = new Map<string, string[]>()
  const part = /^ {8}X509v3 extensions:\n([\s\S]*?)(?=^ {4}Signature Algorithm|$(?![\s\S]))/m.exec(text)?.[1] ?? ''
  for (const [, name, body] of part.matchAll(/^ {12}(\S.*?): ?(?:critical)?\n((?: {16}.*\n|\s*\n)*)/gm)) {
    if (!found.has(name!))
      found.set(
        name!,
        body!.split('\n').map((line) => line.trim()),
      )
  }
  return found
}

/** What OpenSSL gives up on is shown here as far as it goes. */
const further: Record<string, string> = {
  'certificates/pyca__cp_invalid2.der': 'Certificate Policies',
  'certificates/bssl__parse-name_constraints_bad_ip.pem': 'Name Constraints',
}

/** Each certificate as OpenSSL describes it, all in one run: one process each takes ten times as long. */
function described(ders: readonly Uint8Array[]): string[] {
  const collection = der.sequence(
    der.oid('1.2.840.113549.1.7.2'),
    der.context(
      0,
      der.sequence(
        der.integer(1),
        der.set(),
        der.sequence(der.oid('1.2.840.113549.1.7.1')),
        der.context(0, ...ders),
        der.set(),
      ),
    ),
  )
  const text = execFileSync('openssl', ['pkcs7', '-inform', 'DER', '-print_certs', '-noout', '-text'], {
    input: collection,
    encoding: 'latin1',
    maxBuffer: 1 << 28,
  })
  return text.split(/^Certificate:$/m).slice(1)
}

it('extensions are read as OpenSSL reads them, all over the corpus', () => {
  const compared: Record<string, number> = {}
  const differ: string[] = []
  const all = corpusRows('certificates').flatMap((row) => {
    const bytes = new Uint8Array(readFileSync(row.path))
    const one = bytes[0] === 0x30 ? bytes : pemBlocks(new TextDecoder().decode(bytes))[0]?.der
    const certificate = row.expect === 'ok' && one && one.length < 60_000 && readCertificate(one)
    return certificate ? [{ file: row.file, certificate }] : []
  })
  const texts = described(all.map(({ certificate }) => certificate.der))
  expect(texts).toHaveLength(all.length)
  for (const [i, { file, certificate }] of all.entries()) {
    const theirs = printed(texts[i]!)
    const seen = new Set<string>()
    for (const { oid, name, value } of certificate.facts.extensions ?? []) {
      const spell = spellings[oid]
      const { malformed } = certificate.extensions
      if (!spell || seen.has(oid) || further[file] === name || malformed.includes(name)) continue
      seen.add(oid)
      const said = (theirs.get(name) ?? theirs.get(`X509v3 ${name}`) ?? []).map((line) =>
        line.replace(/^keyid:/, '').replace(/\.\d{3} /, ' '),
      )
      compared[name] = (compared[name] ?? 0) + 1
      for (const line of spell(value)) {
        if (line === null || line === '') continue
        // OpenSSL writes what follows an address on the same line.
        const fits = said.some((one) => one === line || one.startsWith(`${line}  `))
        if (!fits) differ.push(`${file}, ${name}: ${line} is not in ${said.join('|')}`)
      }
    }
  }
  expect(differ).toEqual([])
  expect(Object.values(compared).reduce((sum, one) => sum + one, 0)).toBeGreaterThan(600)
  expect(Object.keys(compared).length).toBeGreaterThan(11)
})
