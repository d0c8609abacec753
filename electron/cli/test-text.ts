import { paperOfCause } from '../../shared/guide/verdict-papers.ts'
import type { Attempt, ProbeResult, Step, Verdict } from '../../shared/tls/attempt.ts'
import { moreLine, type Paint, plain, plainLines } from './print.ts'

const names: Record<Step['name'], string> = {
  resolve: 'name',
  connect: 'connection',
  tls: 'TLS',
  'server-trust': 'server trusted?',
  'client-asked': 'certificate asked?',
  'client-sent': 'certificate sent?',
  request: 'request',
  response: 'answer',
}

const marks: Record<Step['state'], [string, Parameters<Paint>[1]]> = {
  done: ['+', 'good'],
  failed: ['x', 'bad'],
  skipped: ['-', 'quiet'],
}

export function stepLine({ name, state, says, tookMs }: Step, paint: Paint): string {
  const [mark, as] = marks[state]
  const took = tookMs === undefined ? '' : `${tookMs.toFixed(0)} ms`
  return `${paint(mark, as)} ${names[name].padEnd(19)}${took.padStart(7)}  ${plain(says)}`
}

export function probeLine({ tried, outcome, saw, tookMs }: ProbeResult, paint: Paint): string {
  const mark = outcome === 'accepted' ? paint('+', 'good') : paint('x', 'bad')
  return `${mark} with ${plain(tried)}: ${outcome} (${plain(saw)}), ${tookMs.toFixed(0)} ms`
}

/** Longer bodies are for --json. */
const longestBody = 2000

export function verdictText(verdict: Verdict, attempt: Attempt, paint: Paint): string {
  const { http, serverChain, serverTrusted } = attempt
  const as = verdict.outcome === 'accepted' ? 'good' : verdict.outcome === 'unproven' ? 'soon' : 'bad'
  const lines = ['', paint(plain(verdict.title), as)]
  for (const { code, because, next } of verdict.causes) {
    lines.push(`  ${paint(code, 'quiet')}  ${plain(because)}`)
    if (next) lines.push(`  ${' '.repeat(code.length)}  ${plain(next)}`)
  }
  const paper = verdict.cause === 'ok' ? undefined : paperOfCause(verdict.cause)
  if (paper) lines.push(moreLine(verdict.cause, paper, paint))
  const [leaf] = serverChain
  if (serverTrusted === false && leaf) {
    lines.push(
      '',
      `The server showed ${plain(leaf.subject)}, from ${plain(leaf.issuer)}, valid until ${leaf.notAfter}.`,
    )
    lines.push(`To accept exactly this certificate for one call: --trust-once ${leaf.sha256}`)
  }
  if (http && http.body.trim() !== '') {
    const shown = http.body.slice(0, longestBody)
    lines.push('', plainLines(shown.trimEnd()))
    if (http.truncated || shown.length < http.body.length) lines.push(paint('(cut; --json has 64 KiB of it)', 'quiet'))
  }
  return lines.join('\n')
}
