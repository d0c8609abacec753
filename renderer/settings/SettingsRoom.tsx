import { SegmentedControl } from '@mantine/core'
import { useDesk } from '../desk.ts'
import { RoomHeader } from '../parts/RoomHeader.tsx'
import { usePolicy } from '../parts/use-policy.ts'
import { AboutSection } from './AboutSection.tsx'
import { BackgroundSection } from './BackgroundSection.tsx'
import { BackupsSection } from './BackupsSection.tsx'
import { changeSettings } from './change-settings.ts'
import { JournalSection } from './JournalSection.tsx'
import { PolicySection } from './PolicySection.tsx'
import { ProvidersSection } from './ProvidersSection.tsx'
import { ProxySection } from './ProxySection.tsx'
import { RemindersSection } from './RemindersSection.tsx'
import { Section } from './Section.tsx'
import { TestSection } from './TestSection.tsx'
import { TokensSection } from './TokensSection.tsx'
import { UpdatesSection } from './UpdatesSection.tsx'
import { VaultSection } from './VaultSection.tsx'

export default function SettingsRoom() {
  const settings = useDesk((state) => state.settings)
  const policy = usePolicy()
  if (!settings) return null
  return (
    <div>
      <RoomHeader title="Settings" />
      <PolicySection policy={policy} />
      <Section title="Appearance">
        <SegmentedControl
          aria-label="Appearance"
          value={settings.appearance}
          onChange={(appearance) => void changeSettings({ appearance: appearance as typeof settings.appearance })}
          data={[
            { value: 'system', label: 'As the system' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
        />
      </Section>
      <VaultSection />
      <BackupsSection backups={settings.backups} />
      <JournalSection />
      <RemindersSection reminders={settings.reminders} />
      <BackgroundSection />
      <TestSection timeoutMs={settings.test.timeoutMs} />
      <ProxySection proxy={settings.proxy} policy={policy} />
      <TokensSection />
      <ProvidersSection policy={policy} />
      <UpdatesSection wish={settings.updates} policy={policy} />
      <AboutSection />
    </div>
  )
}
