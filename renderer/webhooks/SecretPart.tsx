import { Button } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useDesk } from '../desk.ts'
import { SecretField } from '../parts/SecretField.tsx'
import classes from './ListenPane.module.css'
import { useListen } from './listen-store.ts'

/** The secret that webhooks are signed with, for providers that sign them. */
export function SecretPart() {
  const provider = useListen((state) => state.setup.provider)
  const { hasSecret, secret, forgetSecret } = useListen()
  const set = useListen((state) => state.set)
  const profile = useDesk((state) => state.providers.find((entry) => entry.profile.id === provider)?.profile)
  const rule = profile?.webhooks?.signature
  if (!rule) return null
  if (hasSecret && !forgetSecret && secret === '') {
    return (
      <div className={classes.sealed}>
        <IconLock size={14} stroke={1.8} aria-hidden />
        <div>
          {rule.secret} sealed, to check {rule.header}
          <Button size="compact-xs" variant="subtle" onClick={() => set({ forgetSecret: true })}>
            Replace or forget
          </Button>
        </div>
      </div>
    )
  }
  return (
    <SecretField
      label={rule.secret}
      hint={
        forgetSecret
          ? 'Left empty, the one that is kept is forgotten at the start'
          : `Checks ${rule.header}; kept sealed in the vault. Without it signatures are not checked`
      }
      value={secret}
      onChange={(value) => set({ secret: value })}
    />
  )
}
