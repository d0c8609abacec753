import { useEffect, useRef, useState } from 'react'

export type Answered<T> = { key: string; answer: T } | null

/** After this long, what is on show should not pass for the answer any more. */
const lateMs = 300

/**
 * The answer to a question that changes: the last one stays on show until the next is there, so that nothing flickers.
 * `key` names the question; questions that follow each other quickly (a held arrow key) wait `restMs` for the last.
 */
export function useAnswer<T>(
  key: string | null,
  ask: () => Promise<T>,
  restMs = 0,
): { answered: Answered<T>; isFresh: boolean; isLate: boolean } {
  const [answered, setAnswered] = useState<Answered<T>>(null)
  const [lateKey, setLateKey] = useState<string | null>(null)
  const askedAt = useRef(Number.NEGATIVE_INFINITY)

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is the question
  useEffect(() => {
    if (key === null) return
    let wanted = true
    const since = performance.now() - askedAt.current
    askedAt.current = performance.now()
    const run = () =>
      void ask().then((answer) => {
        if (wanted) setAnswered({ key, answer })
      })
    const start = setTimeout(run, since < restMs ? restMs : 0)
    const late = setTimeout(() => setLateKey(key), lateMs)
    return () => {
      wanted = false
      clearTimeout(start)
      clearTimeout(late)
    }
  }, [key, restMs])

  const isFresh = answered !== null && answered.key === key
  return { answered, isFresh, isLate: !isFresh && lateKey === key }
}
