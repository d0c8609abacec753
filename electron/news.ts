import { News } from '../shared/contract.ts'
import { fieldOf } from './ipc.ts'
import type { Log } from './log.ts'

/** Sends news to the page. They pass the same strictness as answers: a piece of the wrong form is dropped, not sent. */
export function createNews(send: (news: News) => void, log: Log) {
  return (news: News): void => {
    const checked = News.safeParse(news)
    if (checked.success) send(checked.data)
    else log.note(`news of the wrong form dropped: ${fieldOf(checked.error.issues[0])}`)
  }
}
