import type { News } from '../shared/contract.ts'
import { fieldOf } from './ipc.ts'
import type { Log } from './log.ts'

/**
 * Sends news to the page, in the order in which they came. They pass the same strictness as answers: a piece of the wrong
 * form is dropped, not sent. Their schema is loaded with the first piece.
 */
export function createNews(send: (news: News) => void, log: Log) {
  let contract: Promise<typeof import('../shared/contract.ts')> | undefined
  return (news: News): void => {
    contract ??= import('../shared/contract.ts')
    void contract.then(({ News }) => {
      const checked = News.safeParse(news)
      if (checked.success) send(checked.data)
      else log.note(`news of the wrong form dropped: ${fieldOf(checked.error.issues[0])}`)
    })
  }
}
