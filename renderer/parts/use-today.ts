import { useEffect, useState } from 'react'

const hourMs = 3_600_000

/** Now, renewed every hour: what is on show for days must not stay at yesterday. */
export function useToday(): Date {
  const [today, setToday] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setToday(new Date()), hourMs)
    return () => clearInterval(timer)
  }, [])
  return today
}
