import type { Means } from '../means.ts'

const newsEveryMs = 250

/** News of long work, at once and four times a second, until the returned function is called. */
export function tellProgress({ news }: Pick<Means, 'news'>, work: string, says: string): () => void {
  const since = performance.now()
  const tell = () => news({ kind: 'work', work, says, elapsedMs: Math.round(performance.now() - since) })
  tell()
  const timer = setInterval(tell, newsEveryMs)
  return () => clearInterval(timer)
}
