import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import classes from './InspectRoom.module.css'
import { useInspect } from './inspect-store.ts'

/** A place for text, for those who have no file. Text with a whole block in it is read as soon as it is pasted. */
export function PasteBox() {
  const open = useInspect((state) => state.open)
  const [text, setText] = useState('')
  return (
    <form
      className={classes.paste}
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '') void open({ by: 'text', text })
      }}
    >
      <Textarea
        label="Or paste text"
        description="Starts with “-----BEGIN”, or is bare base64"
        autosize
        minRows={4}
        maxRows={12}
        spellCheck={false}
        classNames={{ input: 'mono' }}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData('text/plain')
          if (text !== '' || !/-----END /.test(pasted)) return
          event.preventDefault()
          void open({ by: 'text', text: pasted })
        }}
      />
      <Button type="submit" variant="default" disabled={text.trim() === ''}>
        Inspect text
      </Button>
    </form>
  )
}
