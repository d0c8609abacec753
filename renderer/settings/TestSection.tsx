import { NumberInput } from '@mantine/core'
import { useState } from 'react'
import { say } from '../parts/say.ts'
import { changeSettings } from './change-settings.ts'
import { Section } from './Section.tsx'

/** How long a connection test waits for the other side. */
export function TestSection({ timeoutMs }: { timeoutMs: number }) {
  const [seconds, setSeconds] = useState<number | string>(timeoutMs / 1000)
  const leave = async () => {
    const ms = Math.round(Number(seconds) * 1000)
    if (!Number.isFinite(ms) || ms < 500 || ms > 120_000) return setSeconds(timeoutMs / 1000)
    if (ms !== timeoutMs && (await changeSettings({ test: { timeoutMs: ms } }))) say('Test timeout changed')
  }
  return (
    <Section title="Connection test">
      <NumberInput
        label="Give up after"
        description="From half a second to two minutes."
        suffix=" s"
        min={0.5}
        max={120}
        step={1}
        value={seconds}
        onChange={setSeconds}
        onBlur={() => void leave()}
        w={160}
      />
    </Section>
  )
}
