import { IconLock, IconUsb } from '@tabler/icons-react'
import type { IdentitySummary } from '../../shared/identity.ts'
import { useDesk } from '../desk.ts'
import classes from './SecretLine.module.css'

/** Where a private key rests, in words. `keychain` is the computer's own name for it when known. */
export function whereKept(keptBy: IdentitySummary['keptBy'], keychain: string | null | undefined): string {
  if (keptBy === 'passphrase') return 'sealed by your vault passphrase'
  return keychain ? `sealed in ${keychain}` : 'sealed in this computer’s keychain'
}

type SecretLineProps = {
  keptBy?: IdentitySummary['keptBy']
  /** The token, by its label; without one while it is being chosen. */
  place?: { token: string | undefined }
}

/** The lock line on anything that holds a key; `place` where that is not the vault. */
export function SecretLine({ keptBy, place }: SecretLineProps) {
  const vault = useDesk((state) => state.vault)
  if (place) {
    return (
      <p className={classes.line}>
        <IconUsb size={14} stroke={1.8} aria-hidden />
        Private key: in {place.token === undefined ? 'a token' : `the token “${place.token}”`}, never leaves it
      </p>
    )
  }
  const where = whereKept(keptBy ?? vault?.keptBy ?? 'keychain', vault?.keychain)
  return (
    <p className={classes.line}>
      <IconLock size={14} stroke={1.8} aria-hidden />
      Private key: {where}, never shown
    </p>
  )
}
