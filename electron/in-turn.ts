/** Runs jobs one after the other, in the order asked; a failed one does not stop those behind it. */
export function createTurns() {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(job: () => Promise<T>): Promise<T> => {
    const mine = last.then(job, job)
    last = mine.catch(() => {})
    return mine
  }
}
