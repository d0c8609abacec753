import { Button } from '@mantine/core'
import { IconDownload, IconLock, IconLockOpen, IconPlugConnected, IconSchool, IconWebhook } from '@tabler/icons-react'
import { desk, useDesk } from '../desk.ts'
import { say, useSaying } from '../parts/say.ts'
import { go } from '../place.ts'
import classes from './StatusLine.module.css'

function Runs() {
  const runs = useDesk((state) => state.runs)
  return runs.map((run) => (
    <span className={classes.item} key={run.work}>
      <IconPlugConnected size={14} stroke={1.6} aria-hidden />
      {run.says}
      <Button
        size="compact-xs"
        variant="subtle"
        aria-label={`Cancel: ${run.says}`}
        onClick={() => desk.cancelWork({ work: run.work })}
      >
        Cancel
      </Button>
    </span>
  ))
}

function Practice() {
  const practice = useDesk((state) => state.practice)
  if (!practice) return null
  const stop = async () => {
    const stopped = await desk.stopPractice({})
    if (!stopped.ok) return
    useDesk.setState({ practice: stopped.value.running })
    say('Practice provider stopped')
  }
  return (
    <span className={classes.item}>
      <IconSchool size={14} stroke={1.6} aria-hidden />
      <span
        className={classes.cut}
        title={`Practice ${practice.providerName} at ${practice.apiUrl.replace('https://', '')}`}
      >
        Practice {practice.providerName} at {practice.apiUrl.replace('https://', '')}
      </span>
      <Button size="compact-xs" variant="subtle" aria-label="Stop practice provider" onClick={stop}>
        Stop
      </Button>
    </span>
  )
}

function Listener() {
  const listener = useDesk((state) => state.listener)
  if (!listener) return null
  const stop = async () => {
    const stopped = await desk.stopListener({})
    if (!stopped.ok) return
    useDesk.setState({ listener: stopped.value.running })
    say('Listener stopped')
  }
  return (
    <span className={classes.item}>
      <IconWebhook size={14} stroke={1.6} aria-hidden />
      <span
        className={classes.cut}
        title={`Listening for ${listener.providerName} at ${listener.url.replace('https://', '')}, demands ${listener.demands}`}
      >
        Listening for {listener.providerName} at {listener.url.replace('https://', '')}
        {listener.onNetwork && ', for other computers too'}
      </span>
      <Button size="compact-xs" variant="subtle" aria-label="Stop listener" onClick={stop}>
        Stop
      </Button>
    </span>
  )
}

/** Where keys are kept, in the corner of every screen. */
function VaultWords() {
  const vault = useDesk((state) => state.vault)
  if (!vault || vault.state === 'new') return null
  const open = vault.state === 'open'
  const Glyph = open ? IconLockOpen : IconLock
  const says =
    vault.keptBy === 'keychain'
      ? `Keys sealed in ${vault.keychain ?? 'the keychain'}`
      : 'Keys sealed by your passphrase'
  return (
    <button type="button" className={classes.vault} onClick={() => go({ room: 'settings' })}>
      <Glyph size={14} stroke={1.6} aria-hidden />
      {open ? says : 'Vault locked'}
    </button>
  )
}

/** A newer version is there: said in passing, and shown where the user goes to see it. */
function Update() {
  const version = useDesk((state) => state.update)
  if (version === null) return null
  return (
    <span className={classes.item}>
      <IconDownload size={14} stroke={1.6} aria-hidden />
      Version {version} is there
      <Button size="compact-xs" variant="subtle" aria-label="Show the update" onClick={() => go({ room: 'settings' })}>
        Show
      </Button>
    </span>
  )
}

/** What is going on beside the room on show: a running test, the practice provider, the last thing done. */
export function StatusLine() {
  const text = useSaying((state) => state.text)
  return (
    <footer className={classes.line}>
      <Runs />
      <Practice />
      <Listener />
      <Update />
      <span className={classes.saying} role="status" title={text}>
        {text}
      </span>
      <VaultWords />
    </footer>
  )
}
