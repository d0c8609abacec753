import { useEffect } from 'react'
import { escapeGuide, showGuideForHere, useGuidePanel } from '../parts/guide-panel.ts'
import { go, goBack } from '../place.ts'
import { goToPart } from './go-to-part.ts'
import { showPalette } from './palette-store.ts'
import { showShortcuts } from './shortcuts-store.ts'

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
  } else if (event.key === 'F1' && !withCommand && !event.altKey) {
    event.preventDefault()
    showGuideForHere()
  } else if (event.key === 'F6' && !withCommand && !event.altKey && !inDialog(event.target)) {
    event.preventDefault()
    goToPart(event.shiftKey ? -1 : 1)
  } else if (event.key === '?' && !withCommand && !event.altKey && !isTyping(event.target) && !inDialog(event.target)) {
    event.preventDefault()
    showShortcuts()
  }
}

/** A dialog under the guide listens for Escape at the window as well: it is not meant, and never hears of it. */
function onKeyFirst(event: KeyboardEvent) {
  if (event.key !== 'Escape' || event.isComposing || !useGuidePanel.getState().opened) return
  event.stopImmediatePropagation()
  escapeGuide()
}

/** Keys that work in every room: palette, back, help, parts of the window, and paste anywhere to inspect. */
export function useShortcuts(): void {
  useEffect(() => {
    window.addEventListener('paste', onPaste)
    window.addEventListener('keydown', onKey)
    // Before any dialog can listen: this one is there from the start.
    window.addEventListener('keydown', onKeyFirst, { capture: true })
    return () => {
      window.removeEventListener('keydown', onKeyFirst, { capture: true })
      window.removeEventListener('paste', onPaste)
      window.removeEventListener('keydown', onKey)
    }
  }, [])
}
