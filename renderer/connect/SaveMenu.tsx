import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconDeviceFloppy } from '@tabler/icons-react'
import { useState } from 'react'
import type { Problem } from '../../shared/problems.ts'
import type { TranscriptFormat } from '../../shared/tls/kept-attempts.ts'
import { desk } from '../desk.ts'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { savedWords } from '../parts/saved-words.ts'
import { say } from '../parts/say.ts'
import { SupportBundleDialog } from './SupportBundleDialog.tsx'

type Props = {
  attempt: string
  /** What went over the wire is still known. */
  captured: boolean
}

/** Everything that a test can be saved as. What lets others read the request says so before it is written. */
export function SaveMenu({ attempt, captured }: Props) {
  const [problem, setProblem] = useState<Problem | null>(null)
  const [bundle, setBundle] = useState(false)
  const [telling, setTelling] = useState<Extract<TranscriptFormat, 'pcapng-with-secrets' | 'keylog'> | null>(null)

  const save = async (as: TranscriptFormat) => {
    const answer = await desk.saveTranscript({ attempt, as })
    setProblem(answer.ok ? null : answer.problem)
    if (answer.ok && answer.value.saved !== null) say(savedWords([answer.value.saved]))
  }
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={300}>
        <Menu.Target>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconDeviceFloppy size={15} stroke={1.6} aria-hidden />}
            rightSection={<IconChevronDown size={14} stroke={1.8} aria-hidden />}
          >
            Save as
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setBundle(true)}>Support bundle for the provider…</Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => void save('text')}>Text, without secrets</Menu.Item>
          <Menu.Item onClick={() => void save('json')}>JSON, without secrets</Menu.Item>
          <Menu.Item disabled={!captured} onClick={() => void save('pcapng')}>
            Packet capture (pcapng), encrypted as it was
          </Menu.Item>
          <Menu.Divider />
          <Menu.Label>With these one can read what was sent</Menu.Label>
          <Menu.Item disabled={!captured} onClick={() => setTelling('pcapng-with-secrets')}>
            Packet capture with its secrets…
          </Menu.Item>
          <Menu.Item disabled={!captured} onClick={() => setTelling('keylog')}>
            Key log (SSLKEYLOGFILE)…
          </Menu.Item>
          {!captured && <Menu.Label>Captures are kept in memory for half an hour.</Menu.Label>}
        </Menu.Dropdown>
      </Menu>
      {problem && <ProblemNote problem={problem} />}
      <SupportBundleDialog attempt={attempt} opened={bundle} onClose={() => setBundle(false)} />
      <ConfirmDialog
        opened={telling !== null}
        onClose={() => setTelling(null)}
        title="Whoever gets this file can read the request"
        verb="Save it"
        onConfirm={() => {
          if (telling) void save(telling)
          setTelling(null)
        }}
      >
        {telling === 'keylog'
          ? 'The key log opens every capture of this connection: headers, tokens and bodies of both sides. It does not hold your private key.'
          : 'Wireshark opens it and shows headers, tokens and bodies of both sides. It does not hold your private key. For the provider’s support, the support bundle is the safer choice.'}
      </ConfirmDialog>
    </>
  )
}
