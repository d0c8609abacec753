import type { z } from 'zod'
import type { CheckItem } from '../../shared/handover/checklist.ts'
import { progressOf } from '../../shared/handover/checklist.ts'
import { firewallFormats, firewallLines } from '../../shared/handover/firewall.ts'
import { blanksFor, filledStep, messageText, preparedCall } from '../../shared/handover/hand-texts.ts'
import { sheetHtml } from '../../shared/handover/sheet-html.ts'
import { sheetMarkdown } from '../../shared/handover/sheet-markdown.ts'
import { environmentOf, sourceOf } from '../../shared/providers/plan.ts'
import { ok, type Result } from '../../shared/result.ts'
import { dataOption } from './app-vault.ts'
import { type Arguments, usageProblem } from './args.ts'
import { type Answer, type Command, jsonOption, providerOptions } from './command.ts'
import { type Handed, handedInApp, handedInFiles } from './handover-material.ts'
import type { Io } from './io.ts'
import type { HandoverOut, HandoverStepOut } from './output-handover.ts'
import { planOptions } from './plan-args.ts'
import { type Paint, painter, plain, plainLines } from './print.ts'
import { writeFiles } from './write-files.ts'

type Out = z.infer<typeof HandoverOut>
type StepOut = z.infer<typeof HandoverStepOut>

export const handover: Command = {
  name: 'handover',
  usage: '--identity NAME | --provider ID [--request FILE] [--cert FILE]',
  says: 'Says what is left to do with the provider: the steps with their state, texts to send, the request for its interface, firewall lines; and writes the onboarding sheet.',
  notes: [
    'An identity of the app is read with its vault locked: nothing of this is secret. Steps are ticked off in the window.',
    '--step ID prints that step alone: its text to send, its curl line, its firewall lines.',
    'The sheet is written as its name ends: .md (Markdown) or .html; the window also makes it as PDF.',
  ],
  options: {
    identity: { takes: 'NAME', says: 'an identity of the app, by name or handle' },
    data: dataOption,
    ...providerOptions,
    set: planOptions.set,
    request: { takes: 'FILE', says: 'the signing request' },
    cert: { takes: 'FILE', says: 'the certificate; issuers in the same file are taken along' },
    name: { takes: 'NAME', says: 'what the sheet calls it' },
    step: { takes: 'ID', says: 'one step, with all that it takes' },
    sheet: { takes: 'FILE', many: true, says: 'write the onboarding sheet; may be given for both endings' },
    force: { says: 'replace files that are there' },
    json: jsonOption,
  },
  examples: [
    'countersign handover --identity "Acme live"',
    'countersign handover --provider truv --environment sandbox --set name=acme --request acme.csr --step send',
    'countersign handover --identity "Acme live" --sheet acme.html --sheet acme.md',
  ],
  async run(args, io) {
    if (args.rest.length > 0) return usageProblem('The identity is named by --identity, files by --request and --cert')
    const inApp = args.has('identity')
    if (inApp && (args.has('cert') || args.has('request') || args.has('provider') || args.has('provider-file')))
      return usageProblem('Say either --identity, or --provider with --request and --cert')
    const sheets = args.all('sheet')
    const strange = sheets.find((path) => !/\.(?:md|html)$/i.test(path))
    if (strange !== undefined) return usageProblem(`--sheet writes .md or .html, not “${strange}”`)
    const handed = inApp ? await handedInApp(args, io) : await handedInFiles(args, io)
    return handed.ok ? answer(handed.value, sheets, args, io) : handed
  },
}

async function answer(handed: Handed, sheets: string[], args: Arguments, io: Io): Promise<Result<Answer>> {
  const { profile, identity, items, sheet } = handed
  const steps = items.map((item) => stepOut(item, handed))
  const wanted = args.one('step')
  const one = steps.find(({ id }) => id === wanted)
  if (wanted !== undefined && !one)
    return usageProblem(`There is no step “${wanted}”; there are ${steps.map(({ id }) => id).join(', ')}`)
  const markdown = sheetMarkdown(sheet)
  const files = sheets.map((path) => ({ path, content: /\.html$/i.test(path) ? sheetHtml(sheet) : markdown }))
  const written = await writeFiles(files, args.has('force'))
  if (!written.ok) return written
  const { done, of, next } = progressOf(items)
  const json: Out = {
    name: identity.plan.name,
    provider: profile.id,
    environment: identity.plan.environment,
    done,
    of,
    next: next?.step.id ?? null,
    steps,
    contacts: (profile.handover?.contacts ?? []).map(({ name, email, says }) => ({
      name,
      ...(email !== undefined && { email }),
      ...(says !== undefined && { says }),
    })),
    markdown,
    files: sheets,
  }
  return ok({
    exit: 0,
    json: one ?? json,
    text: () => (one ? stepText(one) : listText(json, profile.name, painter(io))),
  })
}

function stepOut({ step, state, on, to, seen }: CheckItem, { profile, identity }: Handed): StepOut {
  const { id, direction, title, says, message, gives } = filledStep(step, blanksFor(profile, identity))
  const request = preparedCall(step, profile, identity)
  const place = environmentOf(profile, identity.plan.environment)
  const addresses = gives.includes('firewall') ? (place?.allowList ?? []) : []
  const way = { addresses, port: place?.port ?? 443, provider: profile.name }
  const lines = firewallFormats.map((format) => [format, firewallLines(format, way)])
  const page = sourceOf(profile, step.source)?.url
  return {
    id,
    direction,
    title,
    state,
    ...(on !== undefined && { on }),
    ...(to && { to }),
    seen: seen === true,
    ...(says !== undefined && { says }),
    ...(message && { message }),
    ...(request && { request }),
    ...(addresses.length > 0 && { firewall: Object.fromEntries(lines) as StepOut['firewall'] }),
    ...(page !== undefined && { page }),
  }
}

const boxes: Record<StepOut['state'], string> = { done: '[x]', skipped: '[-]', next: '[>]', open: '[ ]' }

function listText({ name, done, of, steps, files }: Out, provider: string, paint: Paint): string {
  const group = (direction: StepOut['direction'], title: string) => {
    const own = steps.filter((step) => step.direction === direction)
    const line = ({ id, title, state, on, to }: StepOut) => {
      const told = [state === 'skipped' ? 'not needed' : '', on?.slice(0, 10) ?? '', to ? `to ${plain(to)}` : '']
      const box = paint(boxes[state], state === 'done' ? 'good' : state === 'next' ? 'strong' : 'quiet')
      return `${box} ${plain(title)}  ${paint([id, ...told].filter(Boolean).join(', '), 'quiet')}`
    }
    return own.length > 0 ? ['', paint(title, 'strong'), ...own.map(line)] : []
  }
  return [
    `${paint(plain(name), 'strong')}: ${done} of ${of} steps done`,
    ...group('you-call', `You call ${plain(provider)}`),
    ...group('calls-you', `${plain(provider)} calls you`),
    ...(files.length > 0 ? ['', `Written: ${files.map(plain).join(', ')}`] : []),
  ].join('\n')
}

/** As it is, so that it can be piped on: the text, else the curl line, else the addresses, else the words. */
function stepText({ says, message, request, firewall }: StepOut): string {
  const parts = [message && messageText(message), request?.curl, firewall?.list].filter((part) => part !== undefined)
  return plainLines((parts.length > 0 ? parts.join('\n') : (says ?? '')).trimEnd())
}
