import { join } from 'node:path'
import type { z } from 'zod'
import { keyLabel } from '../../shared/pki/key-plan.ts'
import { spellName } from '../../shared/pki/names.ts'
import { sansOf, subjectOf } from '../../shared/providers/plan.ts'
import { ok } from '../../shared/result.ts'
import { usageProblem } from './args.ts'
import { type Command, jsonOption, providerOptions } from './command.ts'
import type { RequestOut } from './output.ts'
import { newPassphrase } from './passphrase.ts'
import { judgePlan, planGiven, planOptions, unencryptedFinding } from './plan-args.ts'
import { columns, findingLines, painter } from './print.ts'
import { environmentGiven, providerGiven } from './provider.ts'
import { writeFiles } from './write-files.ts'

export const request: Command = {
  name: 'request',
  usage: '--provider ID --environment ID --set NAME=VALUE… --out FOLDER',
  says: 'Makes a private key and the signing request (CSR) that a provider wants. A plan that breaks the provider’s rules is refused, and nothing is written.',
  options: {
    ...providerOptions,
    ...planOptions,
    key: {
      takes: 'KIND',
      says: 'rsa-2048, rsa-3072, rsa-4096, ec-p256, ec-p384, ec-p521 or ed25519; the provider’s best otherwise',
    },
    out: { takes: 'FOLDER', says: 'where NAME.key and NAME.csr are written' },
    name: { takes: 'NAME', says: 'name of the files; PROVIDER-ENVIRONMENT otherwise' },
    'passphrase-file': {
      takes: 'FILE',
      says: 'first line of FILE protects the key; asked for on a terminal otherwise',
    },
    force: { says: 'replace files that are there' },
    json: jsonOption,
  },
  examples: [
    'countersign request --provider truv --environment sandbox --set name=acme --out acme/',
    'countersign request --provider other --set CN=client.example.com --key ec-p256 --out keys/',
  ],
  async run(args, io) {
    if (args.rest.length > 0) return usageProblem(`What is “${args.rest[0]}” for? Answers go behind --set`)
    const provider = await providerGiven(args)
    if (!provider.ok) return provider
    const profile = provider.value
    if (!profile) return usageProblem('Say --provider; `countersign providers` lists them')
    const environment = environmentGiven(args, profile)
    if (!environment.ok) return environment
    const out = args.one('out')
    if (out === undefined) return usageProblem('Say --out FOLDER: key and request are written there')
    const base = fileBase(args.one('name') ?? `${profile.id}-${environment.value.id}`)
    if (base === null) return usageProblem('--name is the name of files, without a folder')
    const plan = planGiven(args, profile, environment.value)
    if (!plan.ok) return plan
    const { findings, refused } = judgePlan(profile, plan.value, io)
    if (refused) return ok(refused)

    const files = { key: join(out, `${base}.key`), request: join(out, `${base}.csr`) }
    const passphrase = await newPassphrase(args, io, `${files.key} (empty for none)`)
    if (!passphrase.ok) return passphrase
    const { makeRequest } = await import('./make-key.ts')
    const made = await makeRequest(profile, plan.value, passphrase.value)
    const written = await writeFiles(
      [
        { path: files.key, content: made.keyText, secret: true },
        { path: files.request, content: made.requestPem },
      ],
      args.has('force'),
    )
    if (!written.ok) return written
    const all = passphrase.value === null ? [...findings, unencryptedFinding] : findings
    if (passphrase.value === null) io.note(`countersign: ${unencryptedFinding.message}`)
    const subjectParts = subjectOf(profile, plan.value)
    const json: z.infer<typeof RequestOut> = {
      provider: profile.id,
      environment: environment.value.id,
      subject: spellName(subjectParts),
      subjectParts,
      subjectAltNames: sansOf(plan.value),
      key: plan.value.key,
      keyEncrypted: passphrase.value !== null,
      spkiSha256: made.spkiSha256,
      files,
      requestPem: made.requestPem,
      findings: all,
      submit: profile.submit.steps,
    }
    const paint = painter(io)
    const text = () =>
      [
        paint(`The request for ${profile.name} ${environment.value.name} is ready`, 'strong'),
        columns([
          ['request', files.request],
          [
            'key',
            `${files.key} (${keyLabel[json.key]}, ${json.keyEncrypted ? 'protected by your passphrase' : 'not protected'})`,
          ],
          ['subject', json.subject],
          ['names', json.subjectAltNames],
        ]),
        ...(findings.length > 0 ? [findingLines(findings, paint)] : []),
        '',
        `How to send it to ${profile.name}:`,
        ...profile.submit.steps.map((step, i) => `  ${i + 1}. ${step}`),
      ].join('\n')
    return ok({ exit: 0, json, text })
  },
}

/** A plain file name, or null. */
export const fileBase = (name: string): string | null =>
  /^[^\s.\\/:*?"<>|\u0000-\u001f-][^\\/:*?"<>|\u0000-\u001f]{0,100}$/.test(name) ? name : null
