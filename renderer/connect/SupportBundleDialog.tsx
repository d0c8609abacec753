import { Button, Group, Modal, UnstyledButton } from '@mantine/core'
import { IconFileText } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { Problem } from '../../shared/problems.ts'
import type { SupportBundle } from '../../shared/tls/kept-attempts.ts'
import { desk } from '../desk.ts'
import { CodeBlock } from '../parts/CodeBlock.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { savedWords } from '../parts/saved-words.ts'
import { say } from '../parts/say.ts'
import classes from './SupportBundleDialog.module.css'

type Props = { attempt: string; opened: boolean; onClose: () => void }

/** The whole content of a support bundle, file by file, before it is written. */
export function SupportBundleDialog({ attempt, opened, onClose }: Props) {
  const [bundle, setBundle] = useState<SupportBundle | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [chosen, setChosen] = useState('README.txt')

  useEffect(() => {
    if (!opened) return
    let shown = true
    void desk.previewSupportBundle({ attempt }).then((answer) => {
      if (!shown) return
      setBundle(answer.ok ? answer.value : null)
      setProblem(answer.ok ? null : answer.problem)
    })
    return () => {
      shown = false
    }
  }, [attempt, opened])

  const save = async () => {
    const answer = await desk.saveSupportBundle({ attempt })
    if (!answer.ok) return setProblem(answer.problem)
    if (answer.value.saved === null) return
    say(savedWords([answer.value.saved]))
    onClose()
  }
  const file = bundle?.files.find(({ name }) => name === chosen) ?? bundle?.files[0]
  return (
    <Modal opened={opened} onClose={onClose} title="Support bundle" size={860}>
      {problem && <ProblemNote problem={problem} />}
      {bundle && (
        <>
          <p className={classes.says}>
            What a provider’s support needs to find this call in its logs. Every file can be read here first. Left out:{' '}
            {bundle.leftOut.join('; ')}.
          </p>
          <div className={classes.split}>
            <nav className={classes.files} aria-label="Files of the bundle">
              {bundle.files.map(({ name, bytes }) => (
                <UnstyledButton
                  key={name}
                  className={classes.file}
                  aria-current={name === file?.name ? 'true' : undefined}
                  onClick={() => setChosen(name)}
                >
                  <IconFileText size={15} stroke={1.6} aria-hidden />
                  <span>
                    {name}
                    <span className="quiet number"> {bytes.toLocaleString()} bytes</span>
                  </span>
                </UnstyledButton>
              ))}
            </nav>
            <CodeBlock label={file?.name} whole>
              {file?.text}
            </CodeBlock>
          </div>
        </>
      )}
      <Group justify="flex-end" mt="md" gap={8}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button disabled={!bundle} onClick={() => void save()}>
          Save as zip
        </Button>
      </Group>
    </Modal>
  )
}
