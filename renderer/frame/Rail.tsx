import { UnstyledButton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import {
  type Icon,
  IconCalendarTime,
  IconCertificate2,
  IconFileSearch,
  IconHelpCircle,
  IconId,
  IconLock,
  IconLockOpen,
  IconPlugConnected,
  IconSettings,
  IconWebhook,
} from '@tabler/icons-react'
import { desk, useDesk } from '../desk.ts'
import { say } from '../parts/say.ts'
import { go, type RoomName, usePlace } from '../place.ts'
import classes from './Rail.module.css'

type Entry = { room: Extract<RoomName, Exclude<RoomName, 'create'>>; label: string; icon: Icon }

const above: Entry[] = [
  { room: 'identities', label: 'Identities', icon: IconId },
  { room: 'inspect', label: 'Inspect', icon: IconFileSearch },
  { room: 'test', label: 'Test', icon: IconPlugConnected },
  { room: 'authority', label: 'Authority', icon: IconCertificate2 },
  { room: 'webhooks', label: 'Webhooks', icon: IconWebhook },
  { room: 'calendar', label: 'Calendar', icon: IconCalendarTime },
]
const below: Entry[] = [
  { room: 'help', label: 'Help', icon: IconHelpCircle },
  { room: 'settings', label: 'Settings', icon: IconSettings },
]

type RailButtonProps = { label: string; icon: Icon; narrow: boolean; current?: boolean; onClick: () => void }

function RailButton({ label, icon: Glyph, narrow, current, onClick }: RailButtonProps) {
  return (
    <UnstyledButton
      className={classes.entry}
      aria-label={label}
      title={narrow ? label : undefined}
      aria-current={current ? 'page' : undefined}
      onClick={onClick}
    >
      <Glyph size={18} stroke={1.6} aria-hidden />
      {!narrow && <span>{label}</span>}
    </UnstyledButton>
  )
}

/** Locks a vault kept by a passphrase. A keychain's vault opens with the user's session: there is nothing to lock. */
function LockButton({ narrow }: { narrow: boolean }) {
  const vault = useDesk((state) => state.vault)
  if (vault?.keptBy !== 'passphrase') return null
  const open = vault.state === 'open'
  return (
    <RailButton
      narrow={narrow}
      label={open ? 'Lock vault' : 'Unlock vault'}
      icon={open ? IconLockOpen : IconLock}
      onClick={() => {
        if (!open) return go({ room: 'identities' })
        void desk.lockVault({}).then((done) => done.ok && say('Vault locked'))
      }}
    />
  )
}

/** The rooms, always in sight; icons only when the window is narrow. */
export function Rail() {
  const here = usePlace((state) => state.place.room)
  const narrow = useMediaQuery('(max-width: 899px)', window.innerWidth < 900, { getInitialValueInEffect: false })
  const isCurrent = (room: RoomName) => here === room || (here === 'create' && room === 'identities')
  const entry = ({ room, label, icon }: Entry) => (
    <RailButton
      key={room}
      narrow={narrow}
      label={label}
      icon={icon}
      current={isCurrent(room)}
      onClick={() => go({ room })}
    />
  )
  return (
    <nav className={classes.rail} aria-label="Rooms">
      {above.map(entry)}
      <div className={classes.gap} />
      {below.map(entry)}
      <LockButton narrow={narrow} />
    </nav>
  )
}
