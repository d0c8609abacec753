import { Button, Radio } from '@mantine/core'
import { IconAlertTriangle, IconLock, IconLockOpen } from '@tabler/icons-react'
import { Fragment, type ReactNode } from 'react'
import { PinForm } from './PinForm.tsx'
import { lockToken, type ShownToken } from './token-store.ts'
import { stateOfToken, whatItIs } from './token-words.ts'
import classes from './tokens.module.css'

type TokenListProps = {
  tokens: ShownToken[]
  /** The open one: its PIN is asked for, or what is in it is shown. */
  chosen: ShownToken | undefined
  onChoose: (shown: ShownToken) => void
  /** Stands under the chosen token once it is unlocked. */
  children?: ReactNode
}

export const keyOfToken = ({ library, token }: ShownToken): string => `${library.id} ${token.serial} ${token.label}`

function State({ shown }: { shown: ShownToken }) {
  const { says, grave } = stateOfToken(shown)
  const Glyph = grave ? IconAlertTriangle : shown.token.unlocked ? IconLockOpen : IconLock
  return (
    <span className={classes.state} data-grave={grave || undefined}>
      <Glyph size={14} stroke={1.8} aria-hidden />
      {says}
    </span>
  )
}

/** The tokens that are plugged in; one is chosen, and unlocked where it stands. */
export function TokenList({ tokens, chosen, onChoose, children }: TokenListProps) {
  const value = chosen ? keyOfToken(chosen) : ''
  const choose = (key: string) => {
    const shown = tokens.find((one) => keyOfToken(one) === key)
    if (shown) onChoose(shown)
  }
  return (
    <Radio.Group value={value} onChange={choose} label="Token" labelProps={{ className: 'spoken' }}>
      <div className={classes.rows}>
        {tokens.map((shown) => {
          const key = keyOfToken(shown)
          const { token } = shown
          const open = key === value
          return (
            <Fragment key={key}>
              <div className={classes.row} data-chosen={open || undefined}>
                <Radio value={key} aria-label={token.label} size="xs" />
                {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the radio beside it is for the keyboard */}
                <span className={classes.words} onClick={() => choose(key)}>
                  <span className={classes.name}>{token.label}</span>
                  <span className="quiet">{whatItIs(shown)}</span>
                </span>
                <State shown={shown} />
                {token.unlocked && (
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={`Lock ${token.label}`}
                    onClick={() => void lockToken(shown.library.id, token)}
                  >
                    Lock
                  </Button>
                )}
              </div>
              {open && !token.unlocked && token.needsPin && (
                <div className={classes.under}>
                  <PinForm key={key} shown={shown} />
                </div>
              )}
              {open && (token.unlocked || !token.needsPin) && children && (
                <div className={classes.under}>{children}</div>
              )}
            </Fragment>
          )
        })}
      </div>
    </Radio.Group>
  )
}
