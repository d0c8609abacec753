import type { z } from 'zod'
import { keyLabel } from '../../shared/pki/key-labels.ts'
import { ok, type Result } from '../../shared/result.ts'
import { pkcs11Uri } from '../../shared/tokens/pkcs11-uri.ts'
import type { TokenInfo } from '../../shared/tokens/token.ts'
import { libraryName } from '../tokens/known-libraries.ts'
import { type Arguments, usageProblem } from './args.ts'
import { type Answer, type Command, jsonOption } from './command.ts'
import type { Io } from './io.ts'
import type { TokenKeysOut, TokenListOut } from './output-tokens.ts'
import { columns, painter, problemJson } from './print.ts'
import { librariesGiven, tokenGiven, tokenOptions, withTokens } from './token-args.ts'

export const token: Command = {
  name: 'token',
  usage: 'list | keys --token NAME',
  says: 'Shows the tokens (smart cards, security keys, HSMs) that are plugged in, and the keys in one of them. Keys are made there by `countersign request --token NAME`.',
  options: { ...tokenOptions, json: jsonOption },
  examples: [
    'countersign token list',
    'countersign token list --library /usr/lib/softhsm/libsofthsm2.so --json',
    'countersign token keys --token "Ops token"',
  ],
  async run(args, io) {
    const [what, ...more] = args.rest
    if (more.length > 0 || (what !== 'list' && what !== 'keys')) return usageProblem('Say token list or token keys')
    return what === 'list' ? list(args) : keys(args, io)
  },
}

const list = (args: Arguments): Promise<Result<Answer>> =>
  withTokens(async (tokens) => {
    const libraries = await librariesGiven(args)
    const json: z.infer<typeof TokenListOut> = []
    for (const library of libraries) {
      const listed = await tokens.list(library)
      // Without the part that speaks to tokens there is one thing to say, not one for each library.
      if (!listed.ok && (listed.problem.code === 'token.no-module' || args.has('library'))) return listed
      json.push({
        library,
        name: libraryName(library),
        tokens: listed.ok ? listed.value : [],
        ...(!listed.ok && { problem: problemJson(listed.problem) }),
      })
    }
    const text = () =>
      json.length === 0
        ? 'No library of tokens was found: say --library FILE.'
        : json
            .flatMap(({ name, library, tokens: found, problem }) => [
              `${name} (${library})`,
              ...(problem ? [`  ${problem.title}. ${problem.next}`] : []),
              ...(!problem && found.length === 0 ? ['  nothing plugged in'] : []),
              ...found.map(line),
            ])
            .join('\n')
    return ok({ exit: 0, json, text })
  })

function line(one: TokenInfo): string {
  if (!one.initialised) return `  slot ${one.slot}: not set up`
  const state = one.pin === 'fine' ? (one.needsPin ? 'PIN needed' : 'no PIN needed') : `PIN: ${one.pin}`
  const makes = one.makes.map((key) => keyLabel[key]).join(', ')
  return [
    `  ${one.label}`,
    `    ${[one.maker, one.model, one.serial && `serial ${one.serial}`].filter(Boolean).join(', ')}`,
    `    ${state}${one.readOnly ? ', read only' : ''}${makes ? `; makes ${makes}` : ''}`,
  ].join('\n')
}

const keys = (args: Arguments, io: Io): Promise<Result<Answer>> =>
  withTokens(async (tokens) => {
    const open = await tokenGiven(args, io, tokens)
    if (!open.ok) return open
    const { library, token: shown } = open.value
    const { label, serial } = shown
    const listed = await tokens.keys(library, { label, serial })
    if (!listed.ok) return listed
    const json: z.infer<typeof TokenKeysOut> = {
      library,
      token: label,
      serial,
      keys: listed.value.map(({ spki: _, ...key }) => ({
        ...key,
        uri: pkcs11Uri({ token: label, serial, keyId: key.keyId }),
      })),
    }
    const paint = painter(io)
    const text = () =>
      json.keys.length === 0
        ? `No keys in “${label}”.`
        : json.keys
            .flatMap((key) => [
              paint(key.label || key.keyId, 'strong'),
              columns([
                ['kind', key.key ? keyLabel[key.key] : key.kind],
                ['id', key.keyId],
                ['uri', key.uri],
                [
                  'leaves',
                  key.extractable ? 'can be taken out' : key.neverLeft ? 'never has left the token' : 'brought in',
                ],
              ]),
            ])
            .join('\n')
    return ok({ exit: 0, json, text })
  })
