import { useEffect, useState } from 'react'
import type { PolicyState } from '../../shared/policy/policy-state.ts'
import { desk } from '../desk.ts'

/** The policy is read once, when the app starts: so it is asked for once, by the first who wants to know. */
let asked: Promise<PolicyState | null> | undefined

const ask = () => {
  asked ??= desk.readPolicy({}).then((answer) => (answer.ok ? answer.value : null))
  return asked
}

/** What an organisation decides here; null until it is known. */
export function usePolicy(): PolicyState | null {
  const [policy, setPolicy] = useState<PolicyState | null>(null)
  useEffect(() => {
    let here = true
    void ask().then((known) => here && setPolicy(known))
    return () => {
      here = false
    }
  }, [])
  return policy
}
