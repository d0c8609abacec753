import { Modal } from '@mantine/core'
import { useEffect, useLayoutEffect } from 'react'
import { closeGuide, useGuidePanel } from '../parts/guide-panel.ts'
import { go } from '../place.ts'
import classes from './Guide.module.css'
import { GuideView } from './GuideView.tsx'
import { dropSearch, read } from './guide-store.ts'

/** The guide over what one is doing: nothing there is lost, and Escape goes back to it. */
export default function GuideDialog() {
  const { opened, place, asked } = useGuidePanel()
  useEffect(() => useGuidePanel.setState({ dropSearch }), [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same place asked for again is gone to again
  useLayoutEffect(() => read(place), [place, asked])
  return (
    <Modal
      opened={opened}
      onClose={closeGuide}
      title="Help"
      size={760}
      // Another dialog may be under it, and is closed by its own Escape: see use-shortcuts.
      closeOnEscape={false}
      zIndex={400}
      classNames={{ body: classes.dialog, content: classes.dialogContent }}
      closeButtonProps={{ 'aria-label': 'Close help' }}
    >
      <GuideView />
      <p className={classes.foot}>
        <button
          type="button"
          className={classes.toRoom}
          onClick={() => {
            closeGuide()
            go({ room: 'help' })
          }}
        >
          Open in the Help room
        </button>
      </p>
    </Modal>
  )
}
