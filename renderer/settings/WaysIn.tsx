import { Button } from '@mantine/core'
import { IconKey, IconPassword } from '@tabler/icons-react'
import { useState } from 'react'
import type { Problem } from '../../shared/problems.ts'
import type { Result } from '../../shared/result.ts'
import type { VaultState } from '../../shared/vault/state.ts'
import { desk, refreshIdentities, useDesk } from '../desk.ts'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { say } from '../parts/say.ts'
import { NewPassphrase } from './NewPassphrase.tsx'
import classes from './Vault.module.css'

type Way = VaultState['ways'][number]

/** What opens the vault: each by itself, each to be added and taken away, never the last one. */
export function WaysIn({ vault }: { vault: VaultState }) {
  const [setting, setSetting] = useState(false)
  const [removing, setRemoving] = useState<Way | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const has = (way: Way) => vault.ways.includes(way)
  const both = vault.ways.length > 1

  const take = async (change: Promise<Result<VaultState>>, says: string) => {
    setProblem(null)
    const done = await change
    setRemoving(null)
    if (!done.ok) return setProblem(done.problem)
    useDesk.setState({ vault: done.value })
    await refreshIdentities()
    say(says)
  }
  const remove = () => {
    if (removing) void take(desk.removeVaultWay({ way: removing }), wordsOf[removing].removed)
  }
  const removeButton = (way: Way, what: string) => (
    <Button
      size="compact-sm"
      variant="default"
      aria-label={`Remove ${what}`}
      disabled={!both}
      title={both ? undefined : 'The last way in stays: add the other one first'}
      onClick={() => setRemoving(way)}
    >
      Remove…
    </Button>
  )
  return (
    <>
      <ul className={classes.ways} aria-label="Ways into the vault">
        <li className={classes.way}>
          <IconKey size={18} stroke={1.6} aria-hidden />
          <div>
            <p className={classes.name}>{vault.keychain ?? 'Keychain of this computer'}</p>
            <p className="quiet">
              {has('keychain')
                ? 'Opens the vault when you are logged in, without asking.'
                : vault.keychain
                  ? 'Not used for this vault.'
                  : 'This computer offers none that could be trusted with a key.'}
            </p>
          </div>
          <div className={classes.deeds}>
            {has('keychain')
              ? removeButton('keychain', 'the keychain')
              : vault.keychain && (
                  <Button
                    size="compact-sm"
                    variant="default"
                    onClick={() => void take(desk.addVaultKeychain({}), 'The keychain opens the vault now')}
                  >
                    Use it
                  </Button>
                )}
          </div>
        </li>
        <li className={classes.way}>
          <IconPassword size={18} stroke={1.6} aria-hidden />
          <div>
            <p className={classes.name}>Passphrase</p>
            <p className="quiet">
              {has('passphrase')
                ? 'Opens the vault anywhere, also on another computer and on the command line.'
                : 'None: the vault cannot be locked, nor opened without this keychain.'}
            </p>
          </div>
          <div className={classes.deeds}>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={has('passphrase') ? 'Change the passphrase' : 'Set a passphrase'}
              onClick={() => setSetting(!setting)}
              aria-expanded={setting}
            >
              {has('passphrase') ? 'Change…' : 'Set…'}
            </Button>
            {has('passphrase') && removeButton('passphrase', 'the passphrase')}
          </div>
        </li>
      </ul>
      {setting && (
        <NewPassphrase
          verb={has('passphrase') ? 'Change passphrase' : 'Set passphrase'}
          onDone={() => setSetting(false)}
        />
      )}
      {problem && <ProblemNote problem={problem} />}
      <ConfirmDialog
        opened={removing !== null}
        onClose={() => setRemoving(null)}
        title={removing ? wordsOf[removing].title : ''}
        verb="Remove"
        onConfirm={remove}
        grave
      >
        {removing && wordsOf[removing].says}
      </ConfirmDialog>
    </>
  )
}

const wordsOf: Record<Way, { title: string; says: string; removed: string }> = {
  keychain: {
    title: 'Open the vault by passphrase only',
    says: 'The passphrase is then asked for once each time the app starts. Nobody can bring it back if it is lost.',
    removed: 'The keychain opens the vault no more',
  },
  passphrase: {
    title: 'Open the vault by keychain only',
    says: 'The vault then opens in your session on this computer alone. If the keychain is reset, only a backup with a passphrase of its own brings the keys back. The vault cannot be locked any more.',
    removed: 'Passphrase removed',
  },
}
