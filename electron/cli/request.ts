import { join } from 'node:path'
import type { z } from 'zod'
import { keyLabel } from '../../shared/pki/key-plan.ts'
import { spellName } from '../../shared/pki/names.ts'
import { sansOf, subjectOf } from '../../shared/providers/plan.ts'
import { ok } from '../../shared/result.ts'
import { usageProblem } from './args.ts'
import { type Command, jsonOption, providerOptions } from './command.ts'
import { newKeyGiven } from './new-key.ts'
import type { RequestOut } from './output.ts'
import { planOptions, unencryptedFinding } from './plan-args.ts'
import { columns, findingLines, painter } from './print.ts'
import { providerGiven } from './provider.ts'
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
    const given = await newKeyGiven(args, io, profile, 'request')
    if (!given.ok) return given
    if ('exit' in given.value) return ok(given.value)

    const { environment, folder, base, plan, findings, passphrase } = given.value
    const files = { key: join(folder, `${base}.key`), request: join(folder, `${base}.csr`) }
    const { makeRequest } = await import('./make-key.ts')
    const made = await makeRequest(profile, plan, passphrase)
    const written = await writeFiles(
      [
        { path: files.key, content: made.keyText, secret: true },
        { path: files.request, content: made.requestPem },
      ],
      args.has('force'),
    )
    if (!written.ok) return written
    const all = passphrase === null ? [...findings, unencryptedFinding] : findings
    if (passphrase === null) io.note(`countersign: ${unencryptedFinding.message}`)
    const subjectParts = subjectOf(profile, plan)
    const json: z.infer<typeof RequestOut> = {
      provider: profile.id,
      environment: environment.id,
      subject: spellName(subjectParts),
      subjectParts,
      subjectAltNames: sansOf(plan),
      key: plan.key,
      keyEncrypted: passphrase !== null,
      spkiSha256: made.spkiSha256,
      files,
      requestPem: made.requestPem,
      findings: all,
      submit: profile.submit.steps,
    }
    const paint = painter(io)
    const text = () =>
      [
        paint(`The request for ${profile.name} ${environment.name} is ready`, 'strong'),
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
