import { useEffect } from 'react'
import { go, goBack } from '../place.ts'
import { showPalette } from './palette-store.ts'

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.tagName === 'TEXTAREA' ||
    target.tagName === 'INPUT' ||
    target.tagName === 'SELECT')

const inDialog = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role="dialog"]') !== null

function onPaste(event: ClipboardEvent) {
  if (event.defaultPrevented || isTyping(event.target) || inDialog(event.target)) return
  const files = Array.from(event.clipboardData?.files ?? [])
  const text = event.clipboardData?.getData('text/plain') ?? ''
  if (files.length > 0) go({ room: 'inspect', from: { by: 'files', files } })
  else if (text.trim() !== '') go({ room: 'inspect', from: { by: 'text', text } })
}

function onKey(event: KeyboardEvent) {
  const withCommand = event.ctrlKey || event.metaKey
  if (withCommand && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k') {
    event.preventDefault()
    showPalette()
  } else if (event.altKey && event.key === 'ArrowLeft' && !isTyping(event.target)) {
    event.preventDefault()
    goBack()
  }
}

/** Keys that work in every room: palette, back, and paste anywhere to inspect. */
export function useShortcuts(): void {
  useEffect(() => {
    window.addEventListener('paste', onPaste)
    window.addEventListener('keydown', onKey)
    return () => {
      window.removeEventListener('paste', onPaste)
      window.removeEventListener('keydown', onKey)
    }
  }, [])
}
