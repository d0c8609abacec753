import { join } from 'node:path'
import type { z } from 'zod'
import { keyLabel } from '../../shared/pki/key-labels.ts'
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
import { requestInToken } from './request-in-token.ts'
import { tokenOptions } from './token-args.ts'
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
    token: { takes: 'NAME', says: 'make the key in this token (PKCS #11); it is then in no file' },
    'key-id': { takes: 'HEX', says: 'use the key of this id that is in the token already' },
    library: tokenOptions.library,
    'pin-file': tokenOptions['pin-file'],
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
    'countersign request --provider truv --environment sandbox --set name=acme --token "Ops token" --out acme/',
  ],
  async run(args, io) {
    if (args.rest.length > 0) return usageProblem(`What is “${args.rest[0]}” for? Answers go behind --set`)
    const provider = await providerGiven(args)
    if (!provider.ok) return provider
    const profile = provider.value
    if (!profile) return usageProblem('Say --provider; `countersign providers` lists them')
    const inToken = args.has('token')
    const stray = ['key-id', 'library', 'pin-file'].find((one) => args.has(one))
    if (stray && !inToken) return usageProblem(`--${stray} needs the token too: --token NAME`)
    const given = await newKeyGiven(args, io, profile, 'request', inToken)
    if (!given.ok) return given
    if ('exit' in given.value) return ok(given.value)

    const { environment, folder, base, plan, findings, passphrase } = given.value
    const file = (end: string) => join(folder, `${base}.${end}`)
    const made = inToken
      ? await requestInToken(args, io, profile, plan, base)
      : ok(await (await import('./make-key.ts')).makeRequest(profile, plan, passphrase))
    if (!made.ok) return made
    const { requestPem, spkiSha256 } = made.value
    const place = 'place' in made.value ? made.value : undefined
    const keyFile = 'keyText' in made.value ? [{ path: file('key'), content: made.value.keyText, secret: true }] : []
    const files = { ...(!inToken && { key: file('key') }), request: file('csr') }
    const written = await writeFiles([...keyFile, { path: files.request, content: requestPem }], args.has('force'))
    if (!written.ok) return written
    const inTheClear = passphrase === null && !inToken
    const all = inTheClear ? [...findings, unencryptedFinding] : findings
    if (inTheClear) io.note(`countersign: ${unencryptedFinding.message}`)
    const subjectParts = subjectOf(profile, plan)
    const json: z.infer<typeof RequestOut> = {
      provider: profile.id,
      environment: environment.id,
      subject: spellName(subjectParts),
      subjectParts,
      subjectAltNames: sansOf(plan),
      key: plan.key,
      ...(!inToken && { keyEncrypted: passphrase !== null }),
      spkiSha256,
      files,
      ...(place && {
        token: { library: place.place.library, token: place.place.token, keyId: place.place.keyId, uri: place.uri },
      }),
      requestPem,
      findings: all,
      submit: profile.submit.steps,
    }
    const paint = painter(io)
    const text = () =>
      [
        paint(`The request for ${profile.name} ${environment.name} is ready`, 'strong'),
        columns([
          ['request', files.request],
          ['key', keyWords(json)],
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

function keyWords({ files, key, keyEncrypted, token }: z.infer<typeof RequestOut>): string {
  if (token) return `${keyLabel[key]}, in the token “${token.token}”: ${token.uri}`
  return `${files.key} (${keyLabel[key]}, ${keyEncrypted ? 'protected by your passphrase' : 'not protected'})`
}
