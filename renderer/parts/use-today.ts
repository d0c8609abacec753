import { useMemo } from 'react'
import { useDesk } from '../desk.ts'

/** The app’s present moment, the same for the whole page: renewed every hour, and when something changes. */
export function useToday(): Date {
  const today = useDesk((state) => state.lookedAtMs + state.clockShiftMs)
  return useMemo(() => new Date(today), [today])
}
