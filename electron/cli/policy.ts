import { resolve } from 'node:path'
import type { z } from 'zod'
import type { Policy } from '../../shared/policy/policy.ts'
import type { PolicyFault } from '../../shared/policy/policy-state.ts'
import { ok, refuse } from '../../shared/result.ts'
import { type LoadedPolicy, loadPolicy } from '../policy/load-policy.ts'
import { policyPlace } from '../policy/policy-place.ts'
import { usageProblem } from './args.ts'
import { type Command, jsonOption } from './command.ts'
import type { PolicyOut } from './output-policy.ts'
import { columns, type Paint, painter, plain } from './print.ts'

export const policy: Command = {
  name: 'policy',
  usage: '[check FILE]',
  says: 'Shows what an organisation decides for Countersign on this computer, or checks a policy file before it is put in place.',
  notes: [
    'Exit code 1 when a part of the file cannot be followed: what that part would decide is refused until it is mended.',
    '`check` also takes a file of your own; put in place, it has to belong to root.',
  ],
  options: { json: jsonOption },
  examples: ['countersign policy', 'countersign policy check policy.json --json'],
  async run(args, io) {
    const [word, file, ...more] = args.rest
    if (more.length > 0 || (word !== undefined && word !== 'check')) return usageProblem('Say nothing, or check FILE')
    if (word === 'check' && file === undefined) return usageProblem('Say which policy file to check')
    const own = process.getuid?.()
    const place =
      file === undefined ? policyPlace() : { file: resolve(file), ...(own !== undefined && { alsoOwnedBy: own }) }
    const loaded = loadPolicy(place)
    if (file !== undefined && loaded.state === 'none') return refuse({ code: 'file.not-found', name: file })
    const { roots, profiles, ...state } = loaded
    const json: z.infer<typeof PolicyOut> = {
      ...state,
      roots: roots.length,
      providers: profiles.map(({ id }) => id),
    }
    return ok({ exit: state.state === 'broken' ? 1 : 0, json, text: () => inWords(loaded, painter(io)) })
  },
}

function inWords(loaded: LoadedPolicy, paint: Paint): string {
  const { file, state, policy, faults } = loaded
  if (state === 'none') return `No policy: there is no ${plain(file)}. Everything is the user’s own choice.`
  const head = `${paint(plain(file), 'strong')}  ${state === 'good' ? paint('in force', 'good') : paint('broken', 'bad')}`
  return [head, columns(decided(policy, loaded), '  '), ...faults.flatMap((fault) => faultLines(fault, paint))]
    .filter((part) => part !== '')
    .join('\n')
}

function decided(
  { organisation, trust, proxy, providers, updates, export: leaving, passphrase }: Policy,
  { roots, profiles }: LoadedPolicy,
): [string, string | string[] | undefined][] {
  const count = `${roots.length} ${roots.length === 1 ? 'certificate' : 'certificates'}`
  const ways = { none: 'none: direct', system: 'as this computer names it', address: proxy?.url ?? '' }
  return [
    ['organisation', organisation],
    ['trust', trust && (trust.roots === 'only' ? `only ${count}` : `${count} beside the roots of this computer`)],
    ['proxy', proxy && ways[proxy.by]],
    [
      'providers',
      providers && [
        ...(providers.allow ? [`only ${providers.allow.join(', ')}`] : []),
        ...(profiles.length > 0 ? [`added: ${profiles.map(({ id }) => id).join(', ')}`] : []),
        ...(providers.own === false ? ['none of the user’s own'] : []),
      ],
    ],
    ['updates', updates && [...(updates.enabled === false ? ['off'] : []), ...(updates.feed ? [updates.feed] : [])]],
    ['keys', leaving?.unprotectedKeys === false ? 'leave only under a passphrase' : undefined],
    ['passphrases', passphrase && `at least ${passphrase.minimum} characters`],
    ['telemetry', 'there is none'],
  ]
}

function faultLines({ file, line, column, field, why, governs }: PolicyFault, paint: Paint): string[] {
  const place = line === undefined ? plain(file) : `${plain(file)}:${line}:${column}`
  return [
    `${paint('broken', 'bad')}  ${place}  ${plain(field)} ${plain(why)}`,
    `        ${governs.length === 0 ? 'Nothing hangs on it.' : `Refused until it is mended: whatever needs ${governs.join(', ')}.`}`,
  ]
}
