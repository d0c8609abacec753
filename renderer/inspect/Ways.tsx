import { Button, Popover } from '@mantine/core'
import {
  IconArrowsLeftRight,
  IconClipboardText,
  IconFileExport,
  IconFolderOpen,
  IconServer,
  IconX,
} from '@tabler/icons-react'
import { useState } from 'react'
import { AddressForm } from './AddressForm.tsx'
import classes from './InspectRoom.module.css'
import { useInspect } from './inspect-store.ts'

const glyph = { size: 16, stroke: 1.6, 'aria-hidden': true } as const

/** The two ways to bring something in, on an empty room. */
export function StartWays() {
  const open = useInspect((state) => state.open)
  return (
    <>
      <Button leftSection={<IconFolderOpen {...glyph} />} onClick={() => void open({ by: 'choose' })}>
        Choose files
      </Button>
      <Button
        variant="default"
        leftSection={<IconClipboardText {...glyph} />}
        onClick={() => void open({ by: 'clipboard' })}
      >
        Read clipboard
      </Button>
    </>
  )
}

/** What can be done once something is on show; in a narrow room as pictures alone, their names on hover. */
export function Toolbar({ onCompare, onConvert }: { onCompare: () => void; onConvert: () => void }) {
  const open = useInspect((state) => state.open)
  const clear = useInspect((state) => state.clear)
  const [asking, setAsking] = useState(false)
  const named = (label: string) => ({ 'aria-label': label, title: label, className: classes.tool })
  return (
    <>
      <Button
        {...named('Choose files')}
        variant="default"
        leftSection={<IconFolderOpen {...glyph} />}
        onClick={() => void open({ by: 'choose' })}
      >
        Choose files
      </Button>
      <Button
        {...named('Read clipboard')}
        variant="default"
        leftSection={<IconClipboardText {...glyph} />}
        onClick={() => void open({ by: 'clipboard' })}
      >
        Read clipboard
      </Button>
      <Popover opened={asking} onChange={setAsking} position="bottom-end" width={400} trapFocus returnFocus>
        <Popover.Target>
          <Button
            {...named('Ask a server')}
            variant="default"
            leftSection={<IconServer {...glyph} />}
            aria-expanded={asking}
            onClick={() => setAsking(!asking)}
          >
            Ask a server
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <AddressForm autoFocus onAsked={() => setAsking(false)} />
        </Popover.Dropdown>
      </Popover>
      <Button
        {...named('Compare')}
        title="Compare two objects (Ctrl+D)"
        variant="default"
        leftSection={<IconArrowsLeftRight {...glyph} />}
        onClick={onCompare}
      >
        Compare
      </Button>
      <Button
        {...named('Convert')}
        title="Convert all files into another form"
        variant="default"
        leftSection={<IconFileExport {...glyph} />}
        onClick={onConvert}
      >
        Convert
      </Button>
      <Button {...named('Clear')} variant="subtle" color="gray" leftSection={<IconX {...glyph} />} onClick={clear}>
        Clear
      </Button>
    </>
  )
}
