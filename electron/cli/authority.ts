import { existsSync } from 'node:fs'
import type { z } from 'zod'
import { AuthorityKey, AuthorityPlan } from '../../shared/authority/authority-plan.ts'
import type { AuthorityDetail, AuthoritySummary } from '../../shared/calls/authority.ts'
import { keyLabel } from '../../shared/pki/key-labels.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { gather, smallLimits } from '../gather.ts'
import { listAuthorities } from '../handlers/authority/authority-detail.ts'
import { bring } from '../handlers/authority/bring-authority.ts'
import { createInVault } from '../handlers/authority/create-authority.ts'
import { createReader } from '../reader-client.ts'
import { dataOption, openAppVault } from './app-vault.ts'
import { type Arguments, usageProblem, wholeNumber } from './args.ts'
import { asTheApp, onlyTheAppCanOpen } from './as-the-app.ts'
import { type Answer, type Command, jsonOption, passphraseOption } from './command.ts'
import type { Io } from './io.ts'
import type { AuthoritiesOut, AuthorityOut } from './output-authority.ts'
import { passphrasesGiven } from './passphrase.ts'
import { columns, painter } from './print.ts'
import { openOrMakeVault, signingMeans } from './signing-means.ts'
import { writeFiles } from './write-files.ts'

const acts = ['create', 'bring', 'list'] as const

export const authority: Command = {
  name: 'authority',
  usage: 'create --name NAME …   or   bring FILE…   or   list',
  says: 'Authorities of your own in the app’s vault: makes one, brings the CA of your company (key and certificate, PKCS#12, or a folder of OpenSSL), or lists them.',
  notes: [
    'Where there is no vault yet, `create` and `bring` make one in --data, with the passphrase that is given.',
    'With --issuing a root is made that signs one authority alone, which then signs the rest.',
  ],
  options: {
    name: { takes: 'NAME', says: 'common name of the authority (of the root, with --issuing)' },
    organization: { takes: 'NAME', says: 'organisation in its name' },
    country: { takes: 'CODE', says: 'two letters' },
    key: { takes: 'KIND', says: 'ec-p256 (the default), ec-p384, rsa-3072 or rsa-4096' },
    years: { takes: 'YEARS', says: 'validity, 1 to 30; 10 otherwise' },
    issuing: { takes: 'NAME', says: 'common name of an issuing authority below the root' },
    'issuing-years': { takes: 'YEARS', says: 'its validity; 5 otherwise' },
    'ask-each-time': { says: 'ask before each use of the key' },
    out: { takes: 'FILE', says: 'also write its certificate, with the issuers above it' },
    'key-passphrase-file': { takes: 'FILE', says: 'first line of FILE opens the key or bundle that is brought' },
    data: dataOption,
    'passphrase-file': { ...passphraseOption, says: 'first line of FILE is the passphrase of the vault' },
    force: { says: 'replace the file of --out' },
    json: jsonOption,
  },
  examples: [
    'countersign authority create --name "Acme CA" --organization "Acme Ltd" --country IE --out acme-ca.crt',
    'countersign authority bring ca.key ca.crt',
    'countersign authority list',
  ],
  async run(args, io) {
    const [act = '', ...rest] = args.rest
    if (!acts.some((one) => one === act)) return usageProblem(`Say what to do: ${acts.join(', ')}`)
    if (await onlyTheAppCanOpen(args, io)) return asTheApp(args, io)
    if (act === 'list') return list(args, io)
    const plan = act === 'create' ? planGiven(args) : ok(null)
    if (!plan.ok) return plan
    if (act === 'bring' && rest.length === 0) return usageProblem('Name the files of your CA, or its folder')
    const file = args.one('out')
    // Before the authority is made, which would stay.
    if (file !== undefined && existsSync(file) && !args.has('force')) return refuse({ code: 'file.exists', name: file })
    const opened = await openOrMakeVault(args, io)
    if (!opened.ok) return opened
    const means = signingMeans(opened.value, args, io)
    const made = plan.value
      ? await createInVault(means, plan.value, { commit: () => true })
      : await brought(means, rest, args, io)
    await opened.value.vault.close()
    if (!made.ok) return made
    const { book, ...detail } = { book: 0, ...made.value }
    return told(detail, book, args, io)
  },
}

async function list(args: Arguments, io: Io): Promise<Result<Answer>> {
  const opened = await openAppVault(args, io)
  if (!opened.ok) return opened
  const { authorities, damaged } = await listAuthorities(opened.value)
  await opened.value.vault.close()
  const json: z.infer<typeof AuthoritiesOut> = { authorities: authorities.map(lineOf), damaged }
  const text = () => {
    if (authorities.length === 0) return 'No authorities yet: `countersign authority create` makes one.'
    const rows = authorities.map((one) => [one.name, wordsOf(one)] as const)
    return columns(rows)
  }
  return ok({ exit: damaged.length === 0 ? 0 : 1, json, text })
}

const lineOf = ({ handle, name, kind, keyAt, key, subject, notAfter, issued }: AuthoritySummary) => ({
  authority: handle,
  name,
  kind,
  keyAt,
  key: key ?? null,
  subject,
  notAfter,
  issued,
})

const wordsOf = ({ kind, key, notAfter, issued, subject }: AuthoritySummary): string[] => [
  `${kind}, ${key ? keyLabel[key] : 'key with a service'}, until ${notAfter.slice(0, 10)}, ${issued} issued`,
  subject,
]

function planGiven(args: Arguments): Result<AuthorityPlan> {
  const name = args.one('name')
  if (name === undefined) return usageProblem('Say how it is called: --name "Acme CA"')
  const key = AuthorityKey.safeParse(args.one('key') ?? 'ec-p256')
  if (!key.success) return usageProblem('--key is ec-p256, ec-p384, rsa-3072 or rsa-4096')
  const years = wholeNumber(args, 'years', 1, 30)
  if (!years.ok) return years
  const issuingYears = wholeNumber(args, 'issuing-years', 1, 30)
  if (!issuingYears.ok) return issuingYears
  const issuing = args.one('issuing')
  const plan = AuthorityPlan.safeParse({
    name: issuing ?? name,
    commonName: name,
    organization: args.one('organization'),
    country: args.one('country'),
    key: key.data,
    years: years.value ?? 10,
    ...(issuing !== undefined && { issuing: { commonName: issuing, years: issuingYears.value ?? 5 } }),
    askEachTime: args.has('ask-each-time'),
  })
  if (plan.success) return ok(plan.data)
  const [field = 'name'] = plan.error.issues[0]?.path ?? []
  return usageProblem(`${String(field)} does not fit: names have 64 characters at most, a country is two letters`)
}

async function brought(
  means: ReturnType<typeof signingMeans>,
  paths: readonly string[],
  args: Arguments,
  io: Io,
): Promise<Result<AuthorityDetail & { book: number }>> {
  const passphrases = await passphrasesGiven(args, 'key-passphrase-file')
  if (!passphrases.ok) return passphrases
  const gathered = await gather(paths, { ...smallLimits, files: 2000 })
  const [left] = gathered.leftOut
  if (gathered.files.length === 0) return refuse(left?.problem ?? { code: 'file.empty', name: paths[0] ?? '' })
  const reader = createReader()
  try {
    const given = { files: gathered.files, name: paths.length === 1 ? paths[0]! : 'these files' }
    const open = (passphrase: string | undefined) =>
      bring({ ...means, reader: async () => reader }, given, passphrase, args.has('ask-each-time'))
    let answer = await open(passphrases.value[0])
    for (let tries = 0; tries < 3 && answer.ok && answer.value.outcome === 'locked' && io.interactive; tries++) {
      const typed = await io.ask(`Passphrase of ${answer.value.files.join(', ')}`)
      if (typed === null) return refuse({ code: 'app.cancelled' })
      answer = await open(typed)
    }
    if (!answer.ok) return answer
    if (answer.value.outcome === 'brought') return ok({ ...answer.value.authority, book: answer.value.book })
    const name = answer.value.outcome === 'locked' ? answer.value.files.join(', ') : ''
    return refuse({ code: passphrases.value.length > 0 ? 'key.passphrase-wrong' : 'key.passphrase-needed', name })
  } finally {
    await reader.close()
  }
}

async function told(detail: AuthorityDetail, book: number, args: Arguments, io: Io): Promise<Result<Answer>> {
  const file = args.one('out') ?? null
  if (file !== null) {
    const content = [detail.certificatePem, ...detail.chain.map(({ pem }) => pem)].join('')
    const written = await writeFiles([{ path: file, content }], args.has('force'))
    if (!written.ok) return written
  }
  const json: z.infer<typeof AuthorityOut> = { ...lineOf(detail), file, book }
  const paint = painter(io)
  const text = () =>
    columns([
      [paint('Authority', 'strong'), [detail.name, ...wordsOf(detail)]],
      ['Book', book > 0 ? `${book} certificates taken over` : undefined],
      ['Written', file ?? undefined],
    ])
  return ok({ exit: 0, json, text })
}
