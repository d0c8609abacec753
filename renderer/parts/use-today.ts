import { useEffect, useMemo, useState } from 'react'
import { useDesk } from '../desk.ts'

const hourMs = 3_600_000

/** The app's present moment, renewed every hour: what is on show for days must not stay at yesterday. */
export function useToday(): Date {
  const shift = useDesk((state) => state.clockShiftMs)
  const [read, setRead] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setRead(Date.now()), hourMs)
    return () => clearInterval(timer)
  }, [])
  return useMemo(() => new Date(read + shift), [read, shift])
}
