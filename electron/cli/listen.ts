import { mkdtemp, rm } from 'node:fs/promises'
import { isIP } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { z } from 'zod'
import type { Profile } from '../../shared/providers/profile.ts'
import { ok, type Result } from '../../shared/result.ts'
import { isLoopback } from '../../shared/webhooks/setup.ts'
import { createReader } from '../reader-client.ts'
import type { Listener, ListenerOptions, NewArrival } from '../webhooks/listener.ts'
import { type Arguments, usageProblem, wholeNumber } from './args.ts'
import { type Answer, type Command, passphraseOption, providerOptions } from './command.ts'
import type { Io } from './io.ts'
import { answerGiven, demandGiven } from './listen-args.ts'
import { arrivalText } from './listen-text.ts'
import type { ArrivalOut, ListenReadyOut } from './output-webhooks.ts'
import { passphrasesGiven } from './passphrase.ts'
import { type Paint, painter } from './print.ts'
import { providerGiven } from './provider.ts'
import { materialGiven } from './test-material.ts'
import { writeFiles } from './write-files.ts'

const usualPort = 9443

export const listen: Command = {
  name: 'listen',
  usage: '(--client-ca FILE | --pin SHA256 | --any)',
  says: 'Listens for webhooks with mutual TLS, and prints each call with its certificate, the verdict on it, headers, body and signature; also what was refused, with the reason. Stops with Ctrl-C.',
  notes: [
    'Without --cert a certificate is made for this run, and what to trust for it is written to a file.',
    'With --provider and --secret-file the signature of each body is checked as that provider makes it.',
  ],
  options: {
    provider: providerOptions.provider,
    'provider-file': providerOptions['provider-file'],
    'client-ca': { takes: 'FILE', many: true, says: 'let in whoever has a certificate of these authorities' },
    pin: { takes: 'SHA256', says: 'let in exactly this certificate' },
    any: { says: 'let in every certificate, to see what is shown' },
    name: { takes: 'NAME', says: 'the certificate also has to have this name' },
    crl: {
      takes: 'FILE',
      many: true,
      says: 'revocation lists: whoever is on one, or on none that is valid, is refused',
    },
    address: { takes: 'IP', says: 'where to listen; 127.0.0.1, which only this computer reaches, without it' },
    port: { takes: 'PORT', says: `${usualPort} without it; 0 takes a free one` },
    cert: { takes: 'FILE', says: 'the server certificate, with its chain' },
    key: { takes: 'FILE', says: 'its private key' },
    chain: { takes: 'FILE', many: true, says: 'issuers of the server certificate' },
    'passphrase-file': { ...passphraseOption, many: true },
    'secret-file': { takes: 'FILE', says: 'first line of FILE is what webhooks are signed with' },
    refuse: { takes: 'HOW', says: 'answer (400 with the reason) or handshake (a TLS alert); answer without it' },
    'tls-min': { takes: '1.2|1.3', says: 'the oldest version of TLS; 1.2 without it' },
    answer: { takes: 'STATUS', says: 'what whoever is let in is answered; 200 without it' },
    body: { takes: 'TEXT', says: 'body of the answer, or @FILE' },
    delay: { takes: 'MS', says: 'answer only after so long' },
    'keep-secrets': { says: 'print secret headers as they come, instead of their length' },
    count: { takes: 'N', says: 'stop after so many arrivals' },
    for: { takes: 'SECONDS', says: 'stop by itself after so long' },
    out: { takes: 'FOLDER', says: 'where the CA file is written; a temporary folder otherwise' },
    force: { says: 'replace files that are there' },
    json: { says: 'print one line of JSON when ready, and one for each arrival' },
  },
  examples: [
    'countersign listen --provider truv --client-ca truv-ca.pem --name mtls-prod.truv.com --secret-file key.txt',
    'countersign listen --any --count 1 --json',
  ],
  async run(args, io) {
    const profile = await providerGiven(args)
    if (!profile.ok) return profile
    const numbers = numbersGiven(args)
    if (!numbers.ok) return numbers
    const reader = createReader()
    try {
      const options = await optionsGiven(args, io, reader, profile.value)
      return options.ok ? await listenBy(options.value, numbers.value, args, io) : options
    } finally {
      await reader.close()
    }
  },
}

type Numbers = { count: number; seconds: number | undefined }

function numbersGiven(args: Arguments): Result<Numbers> {
  const count = wholeNumber(args, 'count', 1, 1_000_000)
  if (!count.ok) return count
  const seconds = wholeNumber(args, 'for', 1, 86_400)
  return seconds.ok ? ok({ count: count.value ?? Number.POSITIVE_INFINITY, seconds: seconds.value }) : seconds
}

type Ready = Omit<ListenerOptions, 'onArrival'> & { says: string; caPem?: string }

async function optionsGiven(
  args: Arguments,
  io: Io,
  reader: ReturnType<typeof createReader>,
  profile: Profile | undefined,
): Promise<Result<Ready>> {
  const demand = await demandGiven(args, io, reader)
  if (!demand.ok) return demand
  const answer = await answerGiven(args)
  if (!answer.ok) return answer
  const port = wholeNumber(args, 'port', 0, 65535)
  if (!port.ok) return port
  const address = args.one('address') ?? '127.0.0.1'
  if (isIP(address) === 0) return usageProblem(`--address is an IP address of this computer, not “${address}”`)
  const refusal = args.one('refuse') ?? 'answer'
  if (refusal !== 'answer' && refusal !== 'handshake') return usageProblem('--refuse is answer or handshake')
  const least = args.one('tls-min') ?? '1.2'
  if (least !== '1.2' && least !== '1.3') return usageProblem('--tls-min is 1.2 or 1.3')
  const secrets = await passphrasesGiven(args, 'secret-file')
  if (!secrets.ok) return secrets
  const [secret] = secrets.value
  const rule = profile?.webhooks?.signature
  if (secret !== undefined && !rule) {
    return usageProblem(
      profile ? `${profile.name} signs no webhooks` : 'Say --provider: its page says how webhooks are signed',
    )
  }
  const server = await serverGiven(args, io, reader, address)
  if (!server.ok) return server
  if (!isLoopback(address)) io.note('countersign: every computer that reaches this address can call the listener')
  const { demand: by, acceptable, says } = demand.value
  return ok({
    provider: profile?.id ?? '',
    ...{ address, port: port.value ?? usualPort, demand: by, acceptable, says, refusal, answer: answer.value },
    minVersion: `TLSv${least}`,
    ...(rule && { signature: { rule, ...(secret !== undefined && { secret }) } }),
    keepSecrets: args.has('keep-secrets'),
    now: io.now,
    ...server.value,
  })
}

/** The certificate that was given, or one of an authority that lives as long as this run. */
async function serverGiven(
  args: Arguments,
  io: Io,
  reader: ReturnType<typeof createReader>,
  address: string,
): Promise<Result<Pick<Ready, 'server' | 'caPem'>>> {
  if (args.has('cert')) {
    const given = await materialGiven(args, io, reader)
    if (!given.ok) return given
    const { identity } = given.value
    if (!identity || !('keyPem' in identity)) return usageProblem('A key in a token is not listened with: give a file')
    const { certificatePem, chainPem, keyPem } = identity
    const name = args.one('cert') ?? ''
    return ok({ server: { cert: [certificatePem, ...chainPem].join('\n'), key: keyPem, name } })
  }
  if (args.has('key')) return usageProblem('Say --cert too: the key alone is no certificate')
  const { createAuthority } = await import('../../shared/pki/x509.ts')
  const { issueByPractice, keyPemOf } = await import('../webhooks/issue-own.ts')
  const authority = await createAuthority({ commonName: 'Listener CA', key: 'ec-p256', days: 100, now: io.now() })
  const wish = {
    subject: [{ type: 'CN', value: address }],
    subjectAltNames: [`IP:${address}`, ...(isLoopback(address) ? ['DNS:localhost'] : [])],
    purpose: 'serverAuth' as const,
    days: 90,
    name: 'listener',
  }
  const own = await issueByPractice({ ...authority, key: 'ec-p256' }, wish, io.now())
  return ok({ server: { cert: own.certificatePem, key: keyPemOf(own), name: 'listener' }, caPem: authority.pem })
}

async function listenBy(ready: Ready, { count, seconds }: Numbers, args: Arguments, io: Io): Promise<Result<Answer>> {
  const { says, caPem, ...options } = ready
  const { startListener } = await import('../webhooks/listener.ts')
  const folder =
    args.one('out') ?? (caPem === undefined ? undefined : await mkdtemp(join(tmpdir(), 'countersign-listen-')))
  const caFile = caPem === undefined || folder === undefined ? undefined : join(folder, 'listener-ca.crt')
  let seen = 0
  let enough = () => {}
  const all = new Promise<void>((resolve) => {
    enough = resolve
  })
  const paint = painter(io)
  const onArrival = (arrival: NewArrival) => {
    if (seen >= count) return
    seen++
    const line: z.infer<typeof ArrivalOut> = { ...arrival, id: seen }
    io.out(args.has('json') ? JSON.stringify(line) : arrivalText(line, paint))
    if (seen >= count) enough()
  }
  let listener: Listener | undefined
  try {
    if (caFile !== undefined && caPem !== undefined) {
      const written = await writeFiles([{ path: caFile, content: caPem }], args.has('force'))
      if (!written.ok) return written
    }
    const started = await startListener({ ...options, onArrival })
    if (!started.ok) return started
    listener = started.value
    const told: z.infer<typeof ListenReadyOut> = {
      ...{ ready: true, url: listener.url, demands: says },
      ...(caFile !== undefined && { caFile }),
    }
    const stopped = io.stopped()
    io.out(args.has('json') ? JSON.stringify(told) : readyText(told, paint))
    const over = seconds === undefined ? [] : [new Promise<void>((end) => setTimeout(end, seconds * 1000).unref())]
    await Promise.race([stopped, all, ...over])
    // The last caller still gets its answer.
    if (seen >= count) await new Promise((resume) => setTimeout(resume, 50 + options.answer.delayMs))
    return ok({ exit: 0 })
  } finally {
    await listener?.close()
    if (!args.has('out') && folder !== undefined) await rm(folder, { recursive: true, force: true })
  }
}

const readyText = ({ url, demands, caFile }: z.infer<typeof ListenReadyOut>, paint: Paint) =>
  [
    paint(`Listening at ${url}`, 'strong'),
    `It demands ${demands}.`,
    ...(caFile === undefined ? [] : [`Callers trust it by ${caFile}`]),
    'Ctrl-C stops it.',
    '',
  ].join('\n')
