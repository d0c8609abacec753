import type { z } from 'zod'
import { readCertificate } from '../../shared/pki/certificate.ts'
import { orderChainChecked } from '../../shared/pki/chain.ts'
import { toPem } from '../../shared/pki/pem.ts'
import type { Problem } from '../../shared/problems.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { Verdict } from '../../shared/tls/attempt.ts'
import { diagnose } from '../../shared/tls/diagnose.ts'
import { createReader, type Reader } from '../reader-client.ts'
import type { ProbeOptions } from '../tls/probe.ts'
import { type Arguments, splitOnce, usageProblem, wholeNumber } from './args.ts'
import { cliWords } from './cli-words.ts'
import { type Answer, type Command, jsonOption, passphraseOption, providerOptions } from './command.ts'
import type { Io } from './io.ts'
import { certificatesIn, type Held, keyIn } from './material.ts'
import type { TestOut } from './output.ts'
import { passphrasesGiven } from './passphrase.ts'
import { painter, problemJson, problemLines } from './print.ts'
import { providerGiven } from './provider.ts'
import { readGiven } from './read-given.ts'
import { stepLine, verdictText } from './test-text.ts'

const { provider, 'provider-file': providerFile } = providerOptions

export const test: Command = {
  name: 'test',
  usage: 'URL --cert FILE --key FILE --ca FILE',
  says: 'Makes one call with a client certificate and says what happened, step by step: was a certificate asked for, was ours sent, who refused what, and why. Redirects are not followed.',
  options: {
    cert: {
      takes: 'FILE',
      says: 'the client certificate with its chain (PEM, DER, PKCS#7), or a PKCS#12 with the key',
    },
    key: { takes: 'FILE', says: 'its private key, where --cert does not hold it' },
    chain: { takes: 'FILE', many: true, says: 'issuers to send along' },
    'no-cert': { says: 'call without a client certificate, to see what the server says to that' },
    ca: { takes: 'FILE', says: 'what to trust; the roots of this computer otherwise' },
    method: { takes: 'METHOD', says: 'GET, or POST when there is --data' },
    header: {
      takes: 'NAME: VALUE',
      many: true,
      says: 'a header; @FILE takes headers from a file, one a line, out of sight',
    },
    data: { takes: 'TEXT', says: 'a body; @FILE takes it from a file' },
    timeout: { takes: 'SECONDS', says: 'for the whole call, 1 to 120; 10 otherwise' },
    provider: { ...provider, says: 'judge the answer by what this provider documents' },
    'provider-file': providerFile,
    'passphrase-file': { ...passphraseOption, many: true },
    json: jsonOption,
  },
  examples: [
    'countersign test https://localhost:8443/ --cert acme.crt --key acme.key --ca ca.crt',
    'countersign test https://api.example.com/ --cert acme.p12 --passphrase-file pass.txt --json',
    'countersign test https://api.example.com/ --no-cert',
  ],
  async run(args, io) {
    const [url, ...more] = args.rest
    if (url === undefined) return usageProblem('Say which address to test')
    if (more.length > 0) return usageProblem(`One address at a time: what is “${more[0]}”?`)
    if (args.has('no-cert') && args.has('cert')) return usageProblem('Say either --cert or --no-cert')
    if (args.has('key') && !args.has('cert')) return usageProblem('--key needs the certificate too: --cert FILE')
    const timeout = wholeNumber(args, 'timeout', 1, 120)
    if (!timeout.ok) return timeout
    const profile = await providerGiven(args)
    if (!profile.ok) return profile
    const reader = createReader()
    try {
      const call = await callGiven(url, args)
      if (!call.ok) return unsent(call.problem, io)
      const material = await materialGiven(args, io, reader)
      if (!material.ok) return unsent(material.problem, io)
      const seconds = timeout.value ?? 10
      return await make({ ...call.value, timeoutMs: seconds * 1000 }, material.value, profile.value, args, io)
    } finally {
      await reader.close()
    }
  },
}

type Call = Pick<ProbeOptions, 'url' | 'method' | 'headers' | 'body'>
type Material = { identity: ProbeOptions['identity']; trust: ProbeOptions['trust']; leaf?: Held; chain: Held[] }

async function make(
  call: Call & { timeoutMs: number },
  { identity, trust, leaf, chain }: Material,
  profile: Profile | undefined,
  args: Arguments,
  io: Io,
): Promise<Result<Answer>> {
  const { probe } = await import('../tls/probe.ts')
  const paint = painter(io)
  const json = args.has('json')
  const stop = new AbortController()
  io.stopped().then(() => stop.abort())
  const attempt = await probe({
    ...call,
    identity,
    trust,
    signal: stop.signal,
    onStep: (step) => {
      if (!json) io.out(stepLine(step, paint))
    },
  })
  const facts = { certificate: leaf?.facts, chain: chain.map((one) => one.facts) }
  const verdict = diagnose(attempt, { ...facts, profile, now: io.now() })
  const value: z.infer<typeof TestOut> = { verdict, ...attempt }
  const exit = verdict.outcome === 'accepted' ? 0 : 1
  return ok({ exit, json: value, text: () => verdictText(verdict, attempt, paint) })
}

/** A file that cannot be used has a verdict too, so that scripts find one in every answer. */
function unsent(problem: Problem, io: Io): Result<Answer> {
  if (problem.code === 'cli.usage') return refuse(problem)
  const { title, next } = cliWords(problem)
  const verdict: Verdict = {
    outcome: 'refused',
    title,
    cause: problem.code,
    causes: [{ code: problem.code, because: 'Nothing was sent.', next }],
    next,
  }
  const json: z.infer<typeof TestOut> = { verdict, steps: [], http: null, problem: problemJson(problem) }
  return ok({ exit: 1, json, text: () => problemLines(problem, painter(io)) })
}

async function callGiven(url: string, args: Arguments): Promise<Result<Call>> {
  const parsed = URL.canParse(url) && !/\s/.test(url) ? new URL(url) : null
  if (parsed?.protocol !== 'https:' || parsed.username !== '')
    return refuse({ code: 'test.url-invalid', url: url.slice(0, 300) })
  const headers: Call['headers'] = []
  for (const given of args.all('header')) {
    const lines = given.startsWith('@') ? await textOf(given.slice(1)) : ok(given)
    if (!lines.ok) return lines
    for (const line of lines.value.split(/\r?\n/)) {
      const [name, value] = splitOnce(line, ':')
      if (line.trim() === '') continue
      // The line itself may hold a secret: it is not repeated.
      if (value === undefined) return usageProblem('--header takes NAME: VALUE')
      headers.push({ name: name.trim(), value: value.trim() })
    }
  }
  const data = args.one('data')
  const body = data?.startsWith('@') ? await textOf(data.slice(1)) : ok(data)
  if (!body.ok) return body
  const method = (args.one('method') ?? (data === undefined ? 'GET' : 'POST')).toUpperCase()
  if (!/^[A-Z]{1,20}$/.test(method)) return usageProblem('--method takes a method such as GET or POST')
  return ok({ url, method, headers, body: body.value })
}

async function textOf(path: string): Promise<Result<string>> {
  const read = await readGiven(path, 1024 * 1024)
  return read.ok ? ok(new TextDecoder().decode(read.value)) : read
}

async function materialGiven(args: Arguments, io: Io, reader: Reader): Promise<Result<Material>> {
  const passphrases = await passphrasesGiven(args)
  if (!passphrases.ok) return passphrases
  const trust = await trustGiven(args, io, reader)
  if (!trust.ok) return trust
  const cert = args.one('cert')
  if (cert === undefined) return ok({ identity: null, trust: trust.value, chain: [] })
  const held: Held[] = []
  for (const path of [cert, ...args.all('chain')]) {
    const found = await certificatesIn(path, reader, io, passphrases.value)
    if (!found.ok) return found
    held.push(...found.value)
  }
  const key = await keyIn(args.one('key') ?? cert, io, passphrases.value)
  if (!key.ok) return key
  const keyPem = toPem('PRIVATE KEY', key.value.pkcs8)
  const { spkiSha256 } = await import('../../shared/pki/keys.ts')
  const digest = key.value.spki && (await spkiSha256(key.value.spki))
  key.value.pkcs8.fill(0)
  // Chains come in any order: the key says which certificate is ours. Where none is, the first one shows the mismatch.
  const leaf = held.find(({ facts }) => facts.spkiSha256 === digest) ?? held[0]
  if (!leaf) return refuse({ code: 'file.unknown-kind', name: cert })
  const ordered = await orderChainChecked(
    leaf.der,
    held.map(({ der }) => der),
  )
  const chain = ordered.chain.map((der) => ({
    der,
    pem: toPem('CERTIFICATE', der),
    facts: readCertificate(der)?.facts ?? {},
  }))
  return ok({
    identity: { certificatePem: leaf.pem, chainPem: chain.map(({ pem }) => pem), keyPem },
    trust: trust.value,
    leaf,
    chain,
  })
}

async function trustGiven(args: Arguments, io: Io, reader: Reader): Promise<Result<ProbeOptions['trust']>> {
  const path = args.one('ca')
  if (path === undefined) return ok({ system: true })
  const found = await certificatesIn(path, reader, io, [])
  if (found.ok) return ok({ caPem: found.value.map(({ pem }) => pem).join('') })
  const { code } = found.problem
  return code.startsWith('attach.') || code === 'file.unknown-kind'
    ? refuse({ code: 'test.trust-file-wrong', name: path })
    : found
}
