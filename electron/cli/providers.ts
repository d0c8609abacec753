import type { z } from 'zod'
import { keyLabel } from '../../shared/pki/key-labels.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import { ok, refuse } from '../../shared/result.ts'
import { usageProblem } from './args.ts'
import { type Command, jsonOption } from './command.ts'
import type { ProviderCheckOut, ProvidersOut } from './output.ts'
import { columns, type Paint, painter, plain } from './print.ts'
import { profileFromFile, providersHere } from './provider.ts'

export const providers: Command = {
  name: 'providers',
  usage: '[ID | check FILE]',
  says: 'Lists the providers whose rules are built in, tells all about one, or checks a provider file of your own.',
  options: { json: jsonOption },
  examples: ['countersign providers', 'countersign providers truv', 'countersign providers check my-provider.json'],
  async run(args, io) {
    const [first, file, ...more] = args.rest
    const paint = painter(io)
    if (more.length > 0) return usageProblem('One provider at a time')
    if (first === 'check') {
      if (file === undefined) return usageProblem('Say which provider file to check')
      const profile = await profileFromFile(file)
      if (!profile.ok) return profile
      const json: z.infer<typeof ProviderCheckOut> = { file, id: profile.value.id, name: profile.value.name, ok: true }
      return ok({ exit: 0, json, text: () => `${file} is a usable provider file for ${plain(profile.value.name)}` })
    }
    if (file !== undefined) return usageProblem('One provider at a time')
    if (first === undefined) return ok({ exit: 0, json: providersHere().map(inShort), text: () => list(paint) })
    const profile = providersHere().find(({ id }) => id === first)
    if (!profile) return refuse({ code: 'plan.provider-unknown', provider: first })
    return ok({ exit: 0, json: profile, text: () => inFull(profile, paint) })
  },
}

const inShort = ({
  id,
  name,
  summary,
  environments,
  questions,
  keys,
  signing,
}: Profile): z.infer<typeof ProvidersOut>[number] => ({ id, name, summary, environments, questions, keys, signing })

const list = (paint: Paint) =>
  providersHere()
    .map((profile) =>
      [
        `${paint(profile.name, 'strong')}  ${profile.id}`,
        columns(
          [
            ['environments', profile.environments.map(({ id }) => id).join(', ')],
            ['answers', profile.questions.map(({ id }) => id).join(', ')],
            ['signed by', profile.signing.who],
          ],
          '  ',
        ),
      ].join('\n'),
    )
    .join('\n')

function inFull(profile: Profile, paint: Paint): string {
  const { environments, questions, subject, keys, signing, submit, sources } = profile
  return [
    paint(profile.name, 'strong'),
    ...profile.inShort.map((line) => `  ${line}`),
    '',
    columns([
      [
        'environments',
        environments.map(({ id, host, port }) => `${id}${host ? `: ${host}${port === 443 ? '' : `:${port}`}` : ''}`),
      ],
      ['answers', questions.map(({ id, label, example }) => `${id}: ${label}${example ? `, such as ${example}` : ''}`)],
      [
        'subject',
        subject.map(({ field, rule, value }) => `${field}: ${rule}${typeof value === 'string' ? ` ${value}` : ''}`),
      ],
      [
        'keys',
        keys.allowed.map((key) => `${key} (${keyLabel[key]})${key === keys.recommended ? ', recommended' : ''}`),
      ],
      ['signed by', `${signing.who}${signing.days ? `, ${signing.days} days` : ''}`],
      ['submit', submit.steps],
      ['sources', Object.values(sources).map(({ title, url }) => `${title}: ${url}`)],
    ]),
  ].join('\n')
}
