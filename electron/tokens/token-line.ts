import { basename } from 'node:path'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { createTurns } from '../in-turn.ts'
import type { RunningToken, TokenHost } from './token-host.ts'
import type { TokenCall, TokenJob, TokenReport, TokenTask, TokenTasks } from './token-jobs.ts'

export type TokenLine = {
  ask<C extends TokenCall>(
    call: C,
    asks: TokenTasks[C]['asks'],
    limitMs: number,
  ): Promise<Result<TokenTasks[C]['answers']>>
  /** Ends the process; what was unlocked is locked again. */
  stop(): void
}

/** Libraries look for readers and services when they start. */
const usualStartMs = 20_000

/** One library in its process, which is started when it is needed: one job at a time, each within its limit. */
export function createTokenLine(start: TokenHost, module: string, library: string, startMs = usualStartMs): TokenLine {
  const inTurn = createTurns()
  let now: RunningToken | null = null
  let id = 0
  let hear: (report: TokenReport) => void = () => {}
  let hearGone: () => void = () => {}
  const name = basename(library)

  function end() {
    const ending = now
    now = null
    ending?.kill()
  }

  function open(): RunningToken {
    if (now) return now
    const reader = start(
      (report) => now === reader && hear(report),
      () => {
        if (now !== reader) return
        now = null
        hearGone()
      },
    )
    now = reader
    return reader
  }

  function once(task: TokenTask, limitMs: number): Promise<Result<unknown>> {
    return new Promise((resolve) => {
      const reader = open()
      const job: TokenJob = { ...task, id: ++id }
      const finish = (result: Result<unknown>) => {
        clearTimeout(timer)
        hear = () => {}
        hearGone = () => {}
        now?.hold(false)
        resolve(result)
      }
      const timer = setTimeout(() => {
        finish(refuse({ code: 'token.library-hung', library: name, limitMs }))
        end()
      }, limitMs)
      hear = (report) => {
        if (!('id' in report) || report.id !== job.id) return
        finish('problem' in report ? refuse(report.problem) : ok(report.value))
      }
      hearGone = () => finish(refuse({ code: 'token.library-crashed', library: name }))
      reader.hold(true)
      reader.post(job)
    })
  }

  async function begun(): Promise<Result<unknown>> {
    if (now) return ok(null)
    const result = await once({ call: 'begin', module, library }, startMs)
    if (!result.ok) end()
    return result
  }

  return {
    ask: (call, asks, limitMs) =>
      inTurn(async () => {
        const ready = await begun()
        if (!ready.ok) return ready
        return (await once({ call, ...asks } as TokenTask, limitMs)) as Result<never>
      }),
    stop: end,
  }
}
