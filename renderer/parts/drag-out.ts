import type { DragEvent } from 'react'
import type { DragWhat } from '../../shared/calls/drag.ts'
import { words } from '../../shared/phrasebook.ts'
import { desk } from '../desk.ts'
import { say } from './say.ts'

/**
 * Makes an element draggable as a file. The system takes the drag over; the page has neither path nor content. What is
 * dragged can be saved by the keyboard too: the same control, or one beside it, opens the dialog.
 */
export const draggedAs = (what: DragWhat) => ({
  draggable: true,
  onDragStart: (event: DragEvent<HTMLElement>) => {
    event.preventDefault()
    void desk.dragOut(what).then((done) => {
      if (!done.ok) say(words(done.problem).title)
    })
  },
})
