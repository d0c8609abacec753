import '@mantine/spotlight/styles.css'
import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData, spotlight } from '@mantine/spotlight'
import {
  IconCalendarTime,
  IconCertificate2,
  IconClipboard,
  IconCommand,
  IconFileSearch,
  IconFolderOpen,
  IconHelpCircle,
  IconId,
  IconKeyboard,
  IconLock,
  IconMessageQuestion,
  IconPlayerPlay,
  IconPlayerStop,
  IconPlugConnected,
  IconPlus,
  IconRoute,
  IconSettings,
  IconSignature,
  IconWebhook,
} from '@tabler/icons-react'
import { useEffect } from 'react'
import { desk, useDesk } from '../desk.ts'
import { useCommands } from '../parts/commands.ts'
import { say } from '../parts/say.ts'
import { go } from '../place.ts'
import classes from './PaletteDialog.module.css'
import { usePalette } from './palette-store.ts'
import { showShortcuts } from './shortcuts-store.ts'

const glyph = { size: 18, stroke: 1.6, 'aria-hidden': true } as const

function toDo(): SpotlightActionData[] {
  return [
    {
      id: 'new',
      label: 'New identity',
      description: 'Key and signing request (CSR) for a provider',
      leftSection: <IconPlus {...glyph} />,
      keywords: ['create', 'csr', 'request', 'key'],
      onClick: () => go({ room: 'create' }),
    },
    {
      id: 'open',
      label: 'Open files to inspect…',
      leftSection: <IconFolderOpen {...glyph} />,
      keywords: ['file', 'certificate', 'pem', 'p12'],
      onClick: () => go({ room: 'inspect', from: { by: 'choose' } }),
    },
    {
      id: 'clipboard',
      label: 'Inspect the clipboard',
      leftSection: <IconClipboard {...glyph} />,
      keywords: ['paste'],
      onClick: () => go({ room: 'inspect', from: { by: 'clipboard' } }),
    },
    {
      id: 'test-all',
      label: 'Test all endpoints',
      description: 'Every address that was tested before, once more',
      leftSection: <IconPlayerPlay {...glyph} />,
      keywords: ['again', 'rerun', 'doctor'],
      onClick: () => go({ room: 'test', view: 'endpoints', testAll: true }),
    },
    {
      id: 'explain-text',
      label: 'Explain an error text',
      description: 'Of curl, Java, Postman or any other program',
      leftSection: <IconMessageQuestion {...glyph} />,
      keywords: ['log', 'alert', 'decode', 'message'],
      onClick: () => go({ room: 'test', view: 'text' }),
    },
  ]
}

const roomsToGo: SpotlightActionData[] = [
  {
    id: 'go-identities',
    label: 'Identities',
    leftSection: <IconId {...glyph} />,
    onClick: () => go({ room: 'identities' }),
  },
  {
    id: 'go-inspect',
    label: 'Inspect',
    leftSection: <IconFileSearch {...glyph} />,
    onClick: () => go({ room: 'inspect' }),
  },
  { id: 'go-test', label: 'Test', leftSection: <IconPlugConnected {...glyph} />, onClick: () => go({ room: 'test' }) },
  {
    id: 'go-endpoints',
    label: 'Endpoints',
    description: 'What was tested, and how it stands',
    leftSection: <IconRoute {...glyph} />,
    keywords: ['history', 'watch', 'test'],
    onClick: () => go({ room: 'test', view: 'endpoints' }),
  },
  {
    id: 'go-authority',
    label: 'Authority',
    leftSection: <IconCertificate2 {...glyph} />,
    onClick: () => go({ room: 'authority' }),
  },
  {
    id: 'sign-request',
    label: 'Sign a request (CSR)',
    description: 'One that a provider sent you, by an authority of your own',
    leftSection: <IconSignature {...glyph} />,
    keywords: ['apata', 'truv', 'issue', 'certificate'],
    onClick: () => go({ room: 'authority', view: 'sign', sign: { by: 'choose' } }),
  },
  {
    id: 'go-webhooks',
    label: 'Webhooks',
    leftSection: <IconWebhook {...glyph} />,
    onClick: () => go({ room: 'webhooks' }),
  },
  {
    id: 'go-play',
    label: 'Play the provider',
    description: 'Call your server as Nuapay, Truv or Apata would',
    leftSection: <IconWebhook {...glyph} />,
    keywords: ['webhook', 'send', 'simulate'],
    onClick: () => go({ room: 'webhooks', view: 'play' }),
  },
  {
    id: 'go-calendar',
    label: 'Calendar',
    leftSection: <IconCalendarTime {...glyph} />,
    onClick: () => go({ room: 'calendar' }),
  },
  {
    id: 'go-settings',
    label: 'Settings',
    leftSection: <IconSettings {...glyph} />,
    onClick: () => go({ room: 'settings' }),
  },
  {
    id: 'keys',
    label: 'Keys',
    description: 'Every key that does something (?)',
    leftSection: <IconKeyboard {...glyph} />,
    keywords: ['keyboard', 'shortcuts', 'accelerators'],
    onClick: showShortcuts,
  },
  {
    id: 'go-help',
    label: 'Help',
    description: 'The guide, with search (F1)',
    leftSection: <IconHelpCircle {...glyph} />,
    keywords: ['guide', 'manual', 'how', 'docs', 'f1'],
    onClick: () => go({ room: 'help' }),
  },
]

/** Everything a menu does, by typing: rooms, identities, and what can be done now. */
export default function PaletteDialog() {
  const asked = usePalette((state) => state.asked)
  const { identities, practice, listener, vault } = useDesk()
  const { room, commands } = useCommands()
  useEffect(() => {
    if (asked > 0) spotlight.open()
  }, [asked])

  const now = toDo()
  if (practice) {
    now.push({
      id: 'stop-practice',
      label: 'Stop practice provider',
      leftSection: <IconPlayerStop {...glyph} />,
      onClick: () => void desk.stopPractice({}),
    })
  }
  if (listener) {
    now.push({
      id: 'stop-listener',
      label: 'Stop listener',
      description: listener.url,
      leftSection: <IconPlayerStop {...glyph} />,
      onClick: () => void desk.stopListener({}),
    })
  }
  if (vault?.state === 'open' && vault.keptBy === 'passphrase') {
    now.push({
      id: 'lock',
      label: 'Lock vault',
      leftSection: <IconLock {...glyph} />,
      onClick: () => void desk.lockVault({}).then((done) => done.ok && say('Vault locked')),
    })
  }
  const mine = identities.flatMap((one): SpotlightActionData[] => {
    const where = `${one.providerName}, ${one.environmentName}`
    const open: SpotlightActionData = {
      id: `open-${one.handle}`,
      label: one.name,
      description: where,
      leftSection: <IconId {...glyph} />,
      onClick: () => go({ room: 'identities', identity: one.handle }),
    }
    const test: SpotlightActionData = {
      id: `test-${one.handle}`,
      label: `Test ${one.name}`,
      description: where,
      leftSection: <IconPlugConnected {...glyph} />,
      onClick: () => go({ room: 'test', identity: one.handle }),
    }
    return one.notAfter ? [open, test] : [open]
  })
  const groups: SpotlightActionGroupData[] = [{ group: 'Do', actions: now }]
  if (commands.length > 0) {
    const here = commands.map(({ id, label, description, run }) => ({
      id: `here-${id}`,
      label,
      description,
      leftSection: <IconCommand {...glyph} />,
      onClick: run,
    }))
    groups.unshift({ group: room, actions: here })
  }
  if (mine.length > 0) groups.push({ group: 'Identities', actions: mine })
  groups.push({ group: 'Go to', actions: roomsToGo })

  return (
    <Spotlight
      actions={groups}
      shortcut={null}
      limit={20}
      scrollable
      maxHeight={380}
      size={560}
      nothingFound="Nothing of that name"
      centered={false}
      yOffset="12vh"
      overlayProps={{ blur: 0, backgroundOpacity: 0.3 }}
      transitionProps={{ duration: 100 }}
      classNames={{ actionsGroup: classes.group }}
      attributes={{ content: { 'aria-label': 'Command palette' } }}
      searchProps={{ placeholder: 'Find an identity, a room or a command', 'aria-label': 'Command' }}
    />
  )
}
