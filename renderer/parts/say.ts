import { create } from 'zustand'

type Saying = { text: string; number: number }

/** The latest short message ("Copied", "Saved to acme.csr"): shown in the status line and read out once. */
export const useSaying = create<Saying>(() => ({ text: '', number: 0 }))

const shownMs = 6000
let timer: ReturnType<typeof setTimeout> | undefined

export function say(text: string): void {
  useSaying.setState((now) => ({ text, number: now.number + 1 }))
  clearTimeout(timer)
  timer = setTimeout(() => useSaying.setState({ text: '' }), shownMs)
}
