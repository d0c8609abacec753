import { Button } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { words } from '../../../shared/phrasebook.ts'
import type { Problem } from '../../../shared/problems.ts'
import { ProblemNote } from '../ProblemNote.tsx'
import { SecretField } from '../SecretField.tsx'
import { type ShownToken, unlockToken } from './token-store.ts'
import { triesHint } from './token-words.ts'
import classes from './tokens.module.css'

const slips: ReadonlySet<string> = new Set(['token.pin-wrong', 'token.pin-length'])

/** Unlocks a token. No form of its own, because it may stand inside one; Enter does what the button does. */
export function PinForm({ shown, onUnlocked }: { shown: ShownToken; onUnlocked?: () => void }) {
  const { token, library } = shown
  const [pin, setPin] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  // What was mistyped is said where it is typed anew.
  const slip = problem && slips.has(problem.code) && token.pin !== 'blocked' ? problem : null
  const ready = token.pinPad || pin !== ''
  const unlock = async () => {
    if (!ready || busy) return
    setBusy(true)
    setProblem(null)
    const refused = await unlockToken(library.id, token, token.pinPad ? null : pin)
    setBusy(false)
    setPin('')
    setProblem(refused)
    if (!refused) onUnlocked?.()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    event.stopPropagation()
    void unlock()
  }
  return (
    <div className={classes.stack}>
      <div className={classes.pin}>
        {token.pinPad ? (
          <p className={classes.said}>The PIN is typed on the token’s own reader.</p>
        ) : (
          // biome-ignore lint/a11y/noStaticElementInteractions: hears Enter of the field in it
          <div className={classes.pinField} onKeyDown={onKeyDown}>
            <SecretField
              label={`PIN of ${token.label}`}
              value={pin}
              onChange={setPin}
              error={slip ? words(slip).title : null}
              hint={triesHint[token.pin] ?? 'Used now and not stored. The token is locked again with the vault.'}
            />
          </div>
        )}
        <Button
          onClick={() => void unlock()}
          disabled={!ready}
          loading={busy}
          variant="default"
          className={token.pinPad ? undefined : classes.beside}
        >
          Unlock
        </Button>
      </div>
      {problem && !slip && <ProblemNote problem={problem} />}
    </div>
  )
}
