import { create } from 'zustand'
import type { BookWish } from '../../shared/authority/book-search.ts'
import type { BookAuthority, IssuedDetail } from '../../shared/calls/book.ts'
import type { Output } from '../../shared/contract.ts'
import type { Problem } from '../../shared/problems.ts'
import { desk } from '../desk.ts'

type BookState = {
  /** `null` until the first answer is in. */
  book: Output<'readBook'> | null
  problem: Problem | null
  /** The certificate that is open; without one the lists are on show. */
  chosen: string | null
  detail: IssuedDetail | null
  wish: BookWish
}

const everything: BookWish = { text: '', state: null, authority: null }

export const useBook = create<BookState>(() => ({
  book: null,
  problem: null,
  chosen: null,
  detail: null,
  wish: everything,
}))

export const wishFor = (part: Partial<BookWish>): void =>
  useBook.setState(({ wish }) => ({ wish: { ...wish, ...part } }))
export const forgetWish = (): void => useBook.setState({ wish: everything })

async function readBook(): Promise<void> {
  const read = await desk.readBook({})
  if (!read.ok) return useBook.setState({ problem: read.problem })
  useBook.setState({ book: read.value, problem: null })
  const { chosen } = useBook.getState()
  if (chosen === null) return
  if (read.value.issued.some(({ handle }) => handle === chosen)) await openIssued(chosen)
  else useBook.setState({ chosen: null, detail: null })
}

/** Opens one certificate; what was open stays on show until its facts are there. */
export async function openIssued(issued: string): Promise<void> {
  useBook.setState({ chosen: issued })
  const read = await desk.readIssued({ issued })
  if (useBook.getState().chosen !== issued) return
  if (read.ok) useBook.setState({ detail: read.value })
  else useBook.setState({ problem: read.problem })
}

export const openLists = (): void => useBook.setState({ chosen: null, detail: null })

/** Keeps the book true while it is on show. */
export function watchBook(): () => void {
  void readBook()
  return desk.onNews((news) => {
    if (news.kind === 'authorities-changed' || news.kind === 'vault-changed') void readBook()
  })
}

/** An authority as it is now, after an act on it. */
export const authorityIn = (book: Output<'readBook'> | null, handle: string): BookAuthority | undefined =>
  book?.authorities.find((one) => one.handle === handle)
