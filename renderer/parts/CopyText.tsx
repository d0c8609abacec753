import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { desk } from '../desk.ts'
import classes from './CopyText.module.css'
import { say } from './say.ts'

/** Copies through the main process: the page has no right to the clipboard. True for a moment after it worked. */
export function useCopy(text: string, what: string): [boolean, () => void] {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 1500)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = async () => {
    const done = await desk.copyText({ text })
    if (!done.ok) return
    setCopied(true)
    say(`Copied: ${what}`)
  }
  return [copied, () => void copy()]
}

type CopyProps = { text: string; what: string }

/** A small copy button; `what` names the thing for screen readers: "fingerprint". */
export function CopyIcon({ text, what }: CopyProps) {
  const [copied, copy] = useCopy(text, what)
  return (
    <Tooltip label={copied ? 'Copied' : 'Copy'}>
      <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Copy ${what}`} onClick={copy}>
        {copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} stroke={1.6} aria-hidden />}
      </ActionIcon>
    </Tooltip>
  )
}

export function CopyButton({ text, what, label }: CopyProps & { label?: string }) {
  const [copied, copy] = useCopy(text, what)
  return (
    <Button
      variant="default"
      onClick={copy}
      leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} stroke={1.6} aria-hidden />}
    >
      {label ?? `Copy ${what}`}
    </Button>
  )
}

/** A value in monospace whose copy button comes up on hover and focus. */
export function CopyText({ text, what, shown }: CopyProps & { shown?: string }) {
  return (
    <span className={classes.value}>
      <span className="mono selectable">{shown ?? text}</span>
      <span className={classes.button}>
        <CopyIcon text={text} what={what} />
      </span>
    </span>
  )
}
