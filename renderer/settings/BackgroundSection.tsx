import { Switch } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { BackgroundState } from '../../shared/calls/calendar.ts'
import { desk, useDesk } from '../desk.ts'
import { say } from '../parts/say.ts'
import { Section } from './Section.tsx'

/** Reminding goes on without a window, where the user wants it. */
export function BackgroundSection() {
  const enabled = useDesk((state) => state.settings?.background === true)
  const [state, setState] = useState<BackgroundState | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is in place may change with the setting
  useEffect(() => {
    void desk.backgroundState({}).then((read) => read.ok && setState(read.value))
  }, [enabled])
  const change = async (wanted: boolean) => {
    const changed = await desk.changeBackground({ enabled: wanted })
    if (!changed.ok) return
    setState(changed.value)
    say(wanted ? 'Goes on reminding when the window is closed' : 'Ends when the window is closed')
  }
  return (
    <Section title="In the background" says="Off unless you want it.">
      <Switch
        label="Remind also while the window is closed"
        description="Starts at login without a window, and stays beside the clock when the window is closed."
        checked={enabled}
        onChange={(event) => void change(event.currentTarget.checked)}
      />
      {enabled && state && <p className="quiet">{says(state)}</p>}
    </Section>
  )
}

function says({ tray, startsAtLogin }: BackgroundState): string {
  const icon =
    tray === 'shown'
      ? 'The icon beside the clock shows what comes next, and opens the window.'
      : 'This desktop shows no icons beside the clock: start Countersign again to get its window, which also has “Quit”.'
  return startsAtLogin
    ? icon
    : `${icon} It could not be set to start at login: add it to your desktop’s startup programs.`
}
