import { Button, NativeSelect, Switch } from '@mantine/core'
import type { Settings } from '../../shared/settings.ts'
import { desk, useDesk } from '../desk.ts'
import { say } from '../parts/say.ts'
import { changeSettings } from './change-settings.ts'
import classes from './Section.module.css'

const choices = [1, 5, 15, 30, 60, 240]
const label = (minutes: number) =>
  minutes === 0 ? 'Never' : minutes < 60 ? `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}` : `${minutes / 60} h`

/** When the vault locks itself; where no passphrase would open it again, that it cannot. */
export function AutoLock({ lock, canLock }: { lock: Settings['lock']; canLock: boolean }) {
  if (!canLock) {
    return (
      <p className={`${classes.words} quiet`}>
        It locks with your session. To lock it by itself as well, set a passphrase: the keychain alone would open it
        again at once.
      </p>
    )
  }
  const change = (part: Partial<Settings['lock']>) => void changeSettings({ lock: { ...lock, ...part } })
  const lockNow = async () => {
    const done = await desk.lockVault({})
    if (!done.ok) return
    useDesk.setState({ vault: done.value })
    say('Vault locked')
  }
  const minutes = [...new Set([0, ...choices, lock.idleMinutes])].sort((a, b) => a - b)
  return (
    <>
      <NativeSelect
        label="Lock when nobody has used the computer for"
        value={`${lock.idleMinutes}`}
        onChange={(event) => change({ idleMinutes: Number(event.currentTarget.value) })}
        data={minutes.map((one) => ({ value: `${one}`, label: label(one) }))}
        description="Not while a webhook listener runs."
      />
      <Switch
        label="Lock when the screen is locked"
        checked={lock.onScreenLock}
        onChange={(event) => change({ onScreenLock: event.currentTarget.checked })}
      />
      <Switch
        label="Lock when the computer sleeps"
        checked={lock.onSuspend}
        onChange={(event) => change({ onSuspend: event.currentTarget.checked })}
      />
      <Button variant="default" onClick={() => void lockNow()}>
        Lock now
      </Button>
    </>
  )
}
