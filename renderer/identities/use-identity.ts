import { useCallback, useEffect, useState } from 'react'
import type { IdentityDetail } from '../../shared/identity.ts'
import type { Problem } from '../../shared/problems.ts'
import { desk, useDesk } from '../desk.ts'

export type IdentityScreen =
  | { at: 'reading' }
  | { at: 'showing'; identity: IdentityDetail }
  | { at: 'refused'; problem: Problem }

/** One identity, read anew whenever the list changes; `show` puts the answer of a call on show without asking again. */
export function useIdentity(handle: string) {
  const [screen, setScreen] = useState<IdentityScreen>({ at: 'reading' })
  const identities = useDesk((state) => state.identities)
  const show = useCallback((identity: IdentityDetail) => setScreen({ at: 'showing', identity }), [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed list is the reason to read again
  useEffect(() => {
    let wanted = true
    void desk.readIdentity({ identity: handle }).then((read) => {
      if (!wanted) return
      setScreen(read.ok ? { at: 'showing', identity: read.value } : { at: 'refused', problem: read.problem })
    })
    return () => {
      wanted = false
    }
  }, [handle, identities])

  return { screen, show }
}
