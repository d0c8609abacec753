import { useEffect, useState } from 'react'
import { keyOfToken, TokenList } from './TokenList.tsx'
import { TokenWays } from './TokenWays.tsx'
import { followTokens, lookForTokens, shownTokens, useTokens } from './token-store.ts'
import classes from './tokens.module.css'

/** What is plugged in, to unlock and lock. */
export function TokenUnlock() {
  const state = useTokens()
  const [open, setOpen] = useState('')
  useEffect(() => {
    void lookForTokens()
    return followTokens()
  }, [])
  const tokens = shownTokens(state)
  return (
    <div className={classes.stack}>
      {tokens.length > 0 && (
        <TokenList
          tokens={tokens}
          chosen={tokens.find((one) => keyOfToken(one) === open)}
          onChoose={(shown) => setOpen(keyOfToken(shown))}
        />
      )}
      <TokenWays none={tokens.length === 0} />
    </div>
  )
}
