import { IconFileSearch, IconPaperclip } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { desk, useDesk } from '../desk.ts'
import { go } from '../place.ts'
import classes from './DropShade.module.css'

/** Elements with `data-drop-identity` (a row, a page) take a dropped certificate for that identity. */
const identityUnder = (target: EventTarget | null): string | undefined =>
  target instanceof Element ? target.closest<HTMLElement>('[data-drop-identity]')?.dataset.dropIdentity : undefined

/** Elements with `data-drop-says` take dropped files themselves, and say for what. */
const wordsUnder = (target: EventTarget | null): string | undefined =>
  target instanceof Element ? target.closest<HTMLElement>('[data-drop-says]')?.dataset.dropSays : undefined

const bringsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false

/** A drop anywhere opens the inspector; on an identity it attaches. Says which while the files are held over it. */
export function DropShade() {
  const [over, setOver] = useState<{ identity?: string; says?: string } | null>(null)
  const name = useDesk((state) => state.identities.find((one) => one.handle === over?.identity)?.name)

  useEffect(() => {
    const onEnter = (event: DragEvent) => {
      // What reads files takes a moment to start: about as long as it takes to let go of them.
      if (bringsFiles(event) && event.relatedTarget === null) void desk.warmReader({})
    }
    const onOver = (event: DragEvent) => {
      if (!bringsFiles(event)) return
      event.preventDefault()
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy'
      const identity = identityUnder(event.target)
      const says = wordsUnder(event.target)
      setOver((now) => (now && now.identity === identity && now.says === says ? now : { identity, says }))
    }
    const onLeave = (event: DragEvent) => event.relatedTarget === null && setOver(null)
    const onDrop = (event: DragEvent) => {
      if (!bringsFiles(event)) return
      setOver(null)
      // A field of a room that took the files itself has said so.
      if (event.defaultPrevented) return
      event.preventDefault()
      const files = Array.from(event.dataTransfer?.files ?? [])
      const identity = identityUnder(event.target)
      if (files.length === 0) return
      go(identity ? { room: 'identities', identity, attach: files } : { room: 'inspect', from: { by: 'files', files } })
    }
    window.addEventListener('dragenter', onEnter)
    window.addEventListener('dragover', onOver)
    window.addEventListener('dragleave', onLeave)
    window.addEventListener('drop', onDrop)
    return () => {
      window.removeEventListener('dragenter', onEnter)
      window.removeEventListener('dragover', onOver)
      window.removeEventListener('dragleave', onLeave)
      window.removeEventListener('drop', onDrop)
    }
  }, [])

  if (!over) return null
  const Glyph = name ? IconPaperclip : IconFileSearch
  return (
    <div className={classes.shade} aria-hidden>
      <div className={classes.words}>
        <Glyph size={20} stroke={1.6} />
        {name ? `Drop to attach to “${name}”` : (over.says ?? 'Drop to inspect')}
      </div>
    </div>
  )
}
