import { keyLabel } from '../../shared/pki/key-labels.ts'
import { Profile } from '../../shared/providers/profile.ts'
import { fieldLabels } from '../../shared/providers/subject.ts'

const row = (...cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
const table = (head: string[], rows: string[][]) => [
  row(...head),
  row(...head.map(() => '---')),
  ...rows.map((one) => row(...one)),
]
const code = (text: string) => `\`${text}\``

/** What a provider's page says of its rules, written from its profile: docs/providers/ holds exactly this. */
export function factsOf(input: unknown): string {
  const profile = Profile.parse(input)
  const { signing, keys, renewal, webhooks } = profile
  const source = (key: string | undefined) => {
    const found = key === undefined ? undefined : profile.sources[key]
    return found ? `[${found.title.replace(`${profile.name}: `, '')}](${found.url})` : ''
  }
  const lines: string[] = ['## The rules', '']
  lines.push(
    ...table(
      ['rule', 'what it is', 'its page'],
      [
        ['Key', keys.allowed.map((key) => keyLabel[key]).join(', '), source(keys.source)],
        ['Recommended', `${keyLabel[keys.recommended]}. ${keys.reason}`, ''],
        ['Who signs', signing.who, source(signing.source)],
        ...(signing.days ? [['Valid for', `${signing.days} days`, source(signing.source)]] : []),
        ...(signing.offeredDays ? [['Offered if you sign', `${signing.offeredDays.join(', ')} days`, '']] : []),
        ...(signing.maxActive
          ? [['Active at a time', `${signing.maxActive} at most`, source(signing.maxActiveSource)]]
          : []),
        ...signing.returns.map(({ file, meaning }) => [
          'Comes back',
          `${code(file)}: ${meaning}`,
          source(signing.source),
        ]),
        [
          'Renewal',
          [`Reminder ${renewal.remindDays} days before.`, renewal.says ?? ''].join(' ').trim(),
          source(renewal.source),
        ],
      ],
    ),
  )
  lines.push('', '## Its environments', '')
  lines.push(
    ...table(
      ['environment', 'host', 'port', 'addresses for your firewall', 'worth knowing'],
      profile.environments.map(({ name, host, port, allowList, note }) => [
        name,
        host ? code(host) : 'told per company',
        String(port),
        allowList.map(code).join(', ') || 'none published',
        note ?? '',
      ]),
    ),
  )
  lines.push('', '## The names in the request', '')
  if (profile.questions.length > 0) {
    lines.push(
      ...profile.questions.map(
        ({ id, label, hint, patternSays }) =>
          `- ${code(`{${id}}`)}: ${label} (${patternSays}).${hint ? ` ${hint}` : ''}`,
      ),
      '',
    )
  }
  lines.push(
    ...table(
      ['field', 'rule', 'value', 'worth knowing'],
      profile.subject.map(({ field, rule, value, hint }) => [
        `${fieldLabels[field]} (${field})`,
        rule,
        value === undefined
          ? ''
          : typeof value === 'string'
            ? code(value)
            : Object.entries(value)
                .map(([where, what]) => `${where}: ${code(what)}`)
                .join(', '),
        hint ?? '',
      ]),
    ),
  )
  lines.push('', '## How to hand it in', '', ...profile.submit.steps.map((step, at) => `${at + 1}. ${step}`))
  if (profile.firstCall) {
    const { method, path, headers, says, blanks } = profile.firstCall
    lines.push('', '## The first call', '', `${code(`${method} ${path}`)}: ${says}`)
    if (headers.length > 0) lines.push('', ...headers.map(({ name, value }) => `- ${code(`${name}: ${value}`)}`))
    if (blanks.length > 0) {
      lines.push('', ...blanks.map(({ id, label, hint }) => `- ${code(`{${id}}`)}: ${label}.${hint ? ` ${hint}` : ''}`))
    }
  }
  if (profile.callsYou.length > 0) {
    lines.push('', '## When it calls you', '')
    for (const { name, says, youSign, source: from } of profile.callsYou) {
      const back = youSign
        ? ` Files: ${[youSign.request, youSign.certificate, youSign.authority]
            .filter((one) => one !== undefined)
            .map(code)
            .join(', ')}${youSign.days ? `; valid for ${youSign.days} days` : ''}.`
        : ''
      lines.push(`- ${name}: ${says}${back}${from ? ` ${source(from)}` : ''}`)
    }
    const signature = webhooks?.signature
    if (signature) {
      lines.push(
        `- Each body is signed: ${code(`${signature.header}: ${signature.prefix}…`)}, HMAC-SHA256 of the raw body in hex, keyed with the ${signature.secret}. ${source(signature.source)}`,
      )
    }
    if (webhooks?.answerWithinSeconds) {
      lines.push(`- It waits ${webhooks.answerWithinSeconds} seconds for your answer. ${source(webhooks.source)}`)
    }
  }
  if (profile.refusals.length > 0) {
    lines.push('', '## What it refuses', '')
    lines.push(
      ...table(
        ['it says', 'it means', 'its page'],
        profile.refusals.map(({ says, meaning, source: from }) => [says, meaning, source(from)]),
      ),
    )
  }
  return lines.join('\n').trimEnd()
}
