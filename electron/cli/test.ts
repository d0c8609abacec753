import type { z } from 'zod'
import type { Problem } from '../../shared/problems.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { Attempt, Verdict } from '../../shared/tls/attempt.ts'
import { diagnose } from '../../shared/tls/diagnose.ts'
import type { Cause } from '../../shared/tls/evidence.ts'
import { fileCause } from '../../shared/tls/file-causes.ts'
import { leavesOpen } from '../../shared/tls/probes.ts'
import { createReader } from '../reader-client.ts'
import type { ProbeOptions } from '../tls/probe-options.ts'
import { type Arguments, usageProblem, wholeNumber } from './args.ts'
import { type Call, callGiven } from './call-args.ts'
import { cliWords } from './cli-words.ts'
import { type Answer, type Command, jsonOption, passphraseOption, providerOptions } from './command.ts'
import { connectionGiven, connectionOptions, proxyGiven } from './connection-args.ts'
import type { Io } from './io.ts'
import { filesTaken, keepWire, wireOptions } from './keep-wire.ts'
import type { TestOut } from './output.ts'
import { painter, problemJson, problemLines } from './print.ts'
import { providerGiven } from './provider.ts'
import { type Material, materialGiven } from './test-material.ts'
import { probeLine, stepLine, verdictText } from './test-text.ts'
import { verdictJson } from './with-guide.ts'

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
    key: {
      takes: 'FILE',
      says: 'its private key, where --cert does not hold it; pkcs11:token=NAME;id=%AA for one in a token (Linux and macOS, with OpenSSL’s engine for tokens)',
    },
    chain: { takes: 'FILE', many: true, says: 'issuers to send along' },
    'no-cert': { says: 'call without a client certificate, to see what the server says to that' },
    ca: { takes: 'FILE', says: 'what to trust; the roots of this computer otherwise' },
    'trust-once': {
      takes: 'SHA256',
      says: 'trust the one certificate of the server that has this SHA-256, for this call only',
    },
    method: { takes: 'METHOD', says: 'GET, or POST when there is --data' },
    header: {
      takes: 'NAME: VALUE',
      many: true,
      says: 'a header; @FILE takes headers from a file, one a line, out of sight',
    },
    data: { takes: 'TEXT', says: 'a body; @FILE takes it from a file' },
    timeout: { takes: 'SECONDS', says: 'for the whole call, 1 to 120; 10 otherwise' },
    ...connectionOptions,
    probe: {
      takes: 'none|auto',
      says: 'auto, which is meant without this, makes up to six further connections after a refusal or an answer that proves nothing, to tell its causes apart; they carry nothing of the headers and the body',
    },
    ...wireOptions,
    provider: { ...provider, says: 'judge the answer by what this provider documents' },
    'provider-file': providerFile,
    'passphrase-file': { ...passphraseOption, many: true },
    json: jsonOption,
  },
  examples: [
    'countersign test https://localhost:8443/ --cert acme.crt --key acme.key --ca ca.crt',
    'countersign test https://api.example.com/ --cert acme.p12 --passphrase-file pass.txt --json',
    'countersign test https://api.example.com/ --no-cert',
    'countersign test https://api.example.com/ --cert acme.p12 --connect-to 10.0.0.7 --tls-max 1.2 --pcap acme.pcapng',
  ],
  async run(args, io) {
    const [url, ...more] = args.rest
    if (url === undefined) return usageProblem('Say which address to test')
    if (more.length > 0) return usageProblem(`One address at a time: what is “${more[0]}”?`)
    if (args.has('no-cert') && args.has('cert')) return usageProblem('Say either --cert or --no-cert')
    if (args.has('key') && !args.has('cert')) return usageProblem('--key needs the certificate too: --cert FILE')
    if (!['auto', 'none', undefined].includes(args.one('probe'))) return usageProblem('--probe takes none or auto')
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
      const timed = { ...call.value, timeoutMs: seconds * 1000 }
      return await make({ call: timed, material: material.value, profile: profile.value }, args, io)
    } finally {
      await reader.close()
    }
  },
}

type Made = { call: Call & { timeoutMs: number }; material: Material; profile: Profile | undefined }

async function make({ call, material, profile }: Made, args: Arguments, io: Io): Promise<Result<Answer>> {
  const options = connectionGiven(args)
  if (!options.ok) return options
  const proxy = await proxyGiven(args, options.value, call.url, io)
  if (!proxy.ok) return proxy
  const taken = filesTaken(args)
  if (taken) return refuse({ code: 'file.exists', name: taken })
  const { recordedProbe } = await import('../tls/probe.ts')
  const paint = painter(io)
  const say = (line: string) => {
    if (!args.has('json')) io.out(line)
  }
  const stop = new AbortController()
  io.stopped().then(() => stop.abort())
  const { identity, trust, leaf, chain } = material
  const made: ProbeOptions = {
    ...call,
    identity,
    trust,
    options: options.value,
    proxy: proxy.value,
    signal: stop.signal,
    onStep: (step) => say(stepLine(step, paint)),
  }
  const { attempt, wire } = await recordedProbe(made)
  const context = { certificate: leaf?.facts, chain: chain.map((one) => one.facts), profile, now: io.now() }
  const first = diagnose(attempt, context)
  const ask = args.one('probe') !== 'none' && leavesOpen(first)
  const probes = ask ? await furtherConnections(made, attempt, first, io, say) : []
  const verdict = probes.length > 0 ? { ...diagnose(attempt, { ...context, probes }), probes } : first
  const value: z.infer<typeof TestOut> = { verdict: verdictJson(verdict), ...attempt }
  const kept = await keepWire(args, wire, io)
  if (!kept.ok) return kept
  const exit = verdict.outcome === 'accepted' ? 0 : 1
  return ok({ exit, json: value, text: () => verdictText(verdict, attempt, paint) })
}

async function furtherConnections(
  made: ProbeOptions,
  attempt: Attempt,
  verdict: Verdict,
  io: Io,
  say: (line: string) => void,
) {
  const [{ tellApart }, { probe }] = await Promise.all([import('../tls/differential.ts'), import('../tls/probe.ts')])
  const paint = painter(io)
  let told = 0
  return tellApart({
    made,
    attempt,
    verdict,
    path: new URL(made.url).pathname,
    // All that is at hand was sent: TLS libraries add issuers that they find in --ca.
    spare: { pem: [], named: '' },
    others: [],
    probe,
    judge: (one) => diagnose(one, { now: io.now() }),
    onProbes(list) {
      for (const { result } of list.slice(told)) {
        if (!result) break
        if (told++ === 0) say('')
        say(probeLine(result, paint))
      }
    },
    signal: made.signal ?? new AbortController().signal,
  })
}

/** A file that cannot be used has a verdict too, so that scripts find one in every answer. */
function unsent(problem: Problem, io: Io): Result<Answer> {
  if (problem.code === 'cli.usage') return refuse(problem)
  const { title, next } = cliWords(problem)
  const code = fileCause(problem) ?? problem.code
  const because = `${title}. Nothing was sent.`
  const cause: Cause = { code, because, for: [because], against: [], certainty: 'proven', next }
  const verdict: Verdict = { outcome: 'refused', title, cause: code, causes: [cause], next }
  const json: z.infer<typeof TestOut> = {
    verdict: verdictJson(verdict),
    steps: [],
    http: null,
    problem: problemJson(problem),
  }
  return ok({ exit: 1, json, text: () => problemLines(problem, painter(io)) })
}
