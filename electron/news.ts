import type { News, News as NewsSchema } from '../shared/contract.ts'
import { fieldOf } from './ipc.ts'
import type { Log } from './log.ts'

/**
 * Sends news to the page. They pass the same strictness as answers: a piece of the wrong form is dropped, not sent. Their
 * schema is loaded with the first piece; what comes meanwhile waits in its turn.
 */
export function createNews(send: (news: News) => void, log: Log) {
  let schema: typeof NewsSchema | undefined
  let loading = false
  const waiting: News[] = []
  const give = (piece: News) => {
    const checked = schema?.safeParse(piece)
    if (checked?.success) send(checked.data)
    else log.note(`news of the wrong form dropped: ${fieldOf(checked?.error.issues[0])}`)
  }
  return (news: News): void => {
    if (schema) {
      give(news)
      return
    }
    waiting.push(news)
    if (loading) return
    loading = true
    void import('../shared/contract.ts').then((loaded) => {
      schema = loaded.News
      for (const piece of waiting.splice(0)) give(piece)
    })
  }
}
