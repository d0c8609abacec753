import { useEffect, useRef, useState } from 'react'
import type { ConversionRow, ConversionWish } from '../../shared/calls/conversion.ts'
import type { Problem } from '../../shared/problems.ts'
import { desk, newWork } from '../desk.ts'
import { say } from '../parts/say.ts'

export type Preview = { key: string; rows: ConversionRow[] } | null

/** What a wish would make of the dropped files; asked anew when the wish or what is known of the files changes. */
export function usePreview(inspection: string, wish: ConversionWish, known: string) {
  const key = JSON.stringify([inspection, wish, known])
  const [preview, setPreview] = useState<Preview>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is the question
  useEffect(() => {
    let wanted = true
    const work = newWork('inspect')
    void desk.previewConversion({ work, inspection, wish }).then((answer) => {
      if (!wanted) return
      setProblem(answer.ok ? null : answer.problem)
      if (answer.ok) setPreview({ key, rows: answer.value.rows })
    })
    return () => {
      wanted = false
      void desk.cancelWork({ work })
    }
  }, [key])
  return { rows: preview?.key === key ? preview.rows : null, before: preview?.rows ?? [], problem }
}

/** Writing, with how far it is; `stop` ends it after the file at hand. */
export function useConverting(inspection: string, onDone: () => void) {
  const [says, setSays] = useState<string | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const work = useRef('')

  useEffect(
    () =>
      desk.onNews((news) => {
        if (news.kind === 'work' && news.work === work.current) setSays(news.says)
      }),
    [],
  )

  const run = async (wish: ConversionWish, passphrase: string | null) => {
    work.current = newWork('inspect')
    setProblem(null)
    setSays('Choosing a folder …')
    const answer = await desk.convertFiles({ work: work.current, inspection, wish, passphrase })
    work.current = ''
    setSays(null)
    if (!answer.ok) {
      if (answer.problem.code !== 'app.cancelled') setProblem(answer.problem)
      return
    }
    const { folder, written, stopped } = answer.value
    if (folder === null) return
    if (written.length > 0) {
      const count = `${written.length.toLocaleString()} ${written.length === 1 ? 'file' : 'files'}`
      say(`Wrote ${count} to ${folder}${stopped ? ', then stopped' : ''}`)
      onDone()
    }
  }
  return { run, says, problem, stop: () => void desk.cancelWork({ work: work.current }) }
}
