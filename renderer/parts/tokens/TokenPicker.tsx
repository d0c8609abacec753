import { Radio } from '@mantine/core'
import { useEffect, useState } from 'react'
import { keyLabel } from '../../../shared/pki/key-labels.ts'
import type { KeyAlgorithm } from '../../../shared/pki/key-plan.ts'
import type { Problem } from '../../../shared/problems.ts'
import type { TokenChoice } from '../../../shared/tokens/token.ts'
import { desk } from '../../desk.ts'
import { ProblemNote } from '../ProblemNote.tsx'
import { keyOfToken, TokenList } from './TokenList.tsx'
import { TokenWays } from './TokenWays.tsx'
import {
  followTokens,
  type KeyInToken,
  lookForTokens,
  nameOf,
  type ShownToken,
  sameToken,
  shownTokens,
  useTokens,
} from './token-store.ts'
import classes from './tokens.module.css'

type TokenPickerProps = {
  /** The kind that is to be made. */
  wanted: KeyAlgorithm
  /** Kinds that an existing key may be of; choosing one changes what is wanted. */
  allowed: readonly KeyAlgorithm[]
  chosen: TokenChoice | null
  /** `null` while nothing that works is chosen. */
  onChoose: (choice: TokenChoice | null, key?: KeyAlgorithm) => void
  /** Said when somebody went on without a choice. */
  asked?: boolean
}

const isOf = (choice: TokenChoice | null, { library, token }: ShownToken) =>
  choice !== null && choice.library === library.id && sameToken(choice.token, token)

/** Chooses a token, unlocks it, and chooses whether a key is made there or one of its keys is used. */
export function TokenPicker({ wanted, allowed, chosen, onChoose, asked }: TokenPickerProps) {
  const state = useTokens()
  const tokens = shownTokens(state)
  const [openKey, setOpenKey] = useState<string | null>(null)
  useEffect(() => {
    void lookForTokens()
    return followTokens()
  }, [])
  const open = tokens.find((one) => keyOfToken(one) === openKey) ?? tokens.find((one) => isOf(chosen, one))
  const choose = (shown: ShownToken) => {
    setOpenKey(keyOfToken(shown))
    const { token, library } = shown
    const works = (token.unlocked || !token.needsPin) && token.makes.includes(wanted)
    onChoose(works ? { library: library.id, token: nameOf(token) } : null)
  }
  return (
    <div className={classes.stack}>
      {tokens.length > 0 && (
        <TokenList tokens={tokens} chosen={open} onChoose={choose}>
          {open && <KeyChoice shown={open} wanted={wanted} allowed={allowed} chosen={chosen} onChoose={onChoose} />}
        </TokenList>
      )}
      <TokenWays none={tokens.length === 0} />
      {asked && !chosen && (
        <p className={classes.fault} role="alert">
          {open && (open.token.unlocked || !open.token.needsPin)
            ? 'Choose a kind of key that this token makes, or one of its keys.'
            : open
              ? 'Unlock the token with its PIN first.'
              : 'Choose a token first, or keep the key in the vault.'}
        </p>
      )}
    </div>
  )
}

type KeyChoiceProps = Omit<TokenPickerProps, 'asked'> & { shown: ShownToken }

const making = 'make'

/** A new key, or one that is there already; of those, what the provider takes. */
function KeyChoice({ shown, wanted, allowed, chosen, onChoose }: KeyChoiceProps) {
  const { library, token } = shown
  const [keys, setKeys] = useState<KeyInToken[]>([])
  const [problem, setProblem] = useState<Problem | null>(null)
  const { label, serial } = token
  const makes = token.makes.includes(wanted)
  const choice = { library: library.id, token: { label, serial } }

  useEffect(() => {
    let gone = false
    void desk.listTokenKeys({ library: library.id, token: { label, serial } }).then((listed) => {
      if (gone) return
      setKeys(listed.ok ? listed.value.keys : [])
      setProblem(listed.ok ? null : listed.problem)
    })
    return () => {
      gone = true
    }
  }, [library.id, label, serial])

  const mine = isOf(chosen, shown)
  // Unlocked, or another kind of key is wanted now: what stands here becomes the choice, or stops being one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what changes the answer
  useEffect(() => {
    if (chosen?.keyId !== undefined && mine) return
    if (makes && !mine) onChoose(choice)
    if (!makes && mine) onChoose(null)
  }, [makes, mine])

  const fit = keys.filter(({ key }) => key !== undefined && allowed.includes(key))
  const unfit = keys.length - fit.length
  const choose = (value: string) => {
    const key = fit.find(({ keyId }) => keyId === value)
    if (key) onChoose({ ...choice, keyId: key.keyId }, key.key)
    else onChoose(makes ? choice : null)
  }
  return (
    <div className={classes.stack}>
      {problem && <ProblemNote problem={problem} />}
      <Radio.Group
        value={mine ? (chosen?.keyId ?? making) : ''}
        onChange={choose}
        label="Key in the token"
        labelProps={{ className: 'spoken' }}
      >
        <div className={classes.stack} style={{ gap: 6 }}>
          <Radio
            value={making}
            disabled={!makes}
            label={`Make a new ${keyLabel[wanted]} key there`}
            description={
              makes
                ? 'It can never be taken out of the token.'
                : `This token makes ${token.makes.map((one) => keyLabel[one]).join(', ') || 'no keys that fit'} only.`
            }
          />
          {fit.map((key) => (
            <Radio
              key={key.keyId}
              value={key.keyId}
              label={`Use ${key.label ? `“${key.label}”` : key.keyId.slice(0, 16)}, ${key.key ? keyLabel[key.key] : key.kind}`}
              description={describe(key)}
            />
          ))}
        </div>
      </Radio.Group>
      {unfit > 0 && (
        <p className="quiet" style={{ margin: 0 }}>
          {unfit === 1 ? 'One more key is' : `${unfit} more keys are`} of a kind that is not taken here, or may not
          sign.
        </p>
      )}
    </div>
  )
}

function describe({ usedBy, neverLeft, extractable, pinEachTime }: KeyInToken): string {
  return [
    usedBy.length > 0 && `Used by ${usedBy.join(', ')}.`,
    extractable
      ? 'It can be taken out of the token.'
      : neverLeft
        ? 'It has never left the token.'
        : 'It was brought in from elsewhere.',
    pinEachTime && 'The token wants the PIN for each signature.',
  ]
    .filter(Boolean)
    .join(' ')
}
