import { Button, Checkbox, Group, Modal, Radio } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { IdentitySummary } from '../../shared/identity.ts'
import type { Problem } from '../../shared/problems.ts'
import { desk, newWork, refreshIdentities } from '../desk.ts'
import { PlainTerm } from '../parts/PlainTerm.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { SecretField } from '../parts/SecretField.tsx'
import { say } from '../parts/say.ts'
import classes from './ExportManyDialog.module.css'

type Kind = 'certificates' | 'requests' | 'chains' | 'bundles'

const kinds: [Kind, plain: string, term: string][] = [
  ['certificates', 'Certificates', '.crt'],
  ['chains', 'Chains', '.chain.pem'],
  ['requests', 'Signing requests', '.csr'],
  ['bundles', 'Bundles with key, certificate and chain', 'PKCS#12, .p12'],
]

/** Files of many identities into one folder; one passphrase for all bundles. */
export function ExportManyDialog({ identities, onClose }: { identities: IdentitySummary[]; onClose: () => void }) {
  const [wanted, setWanted] = useState<string[]>(['certificates', 'chains'])
  const [readers, setReaders] = useState<'modern' | 'older'>('modern')
  const [passphrase, setPassphrase] = useState('')
  const [work, setWork] = useState<string | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const bundles = wanted.includes('bundles')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const name = newWork('inspect')
    setWork(name)
    setProblem(null)
    const done = await desk.exportIdentities({
      work: name,
      identities: identities.map(({ handle }) => handle),
      wish: {
        certificates: wanted.includes('certificates'),
        requests: wanted.includes('requests'),
        chains: wanted.includes('chains'),
        bundles: bundles ? { passphrase, readers } : null,
      },
    })
    setWork(null)
    if (!done.ok) return setProblem(done.problem)
    const { folder, files, without, inToken } = done.value
    if (folder === null) return
    void refreshIdentities()
    const left = [
      without.length > 0 && `${without.length} without a certificate`,
      inToken.length > 0 && `${inToken.length} with their key in a token`,
    ].filter(Boolean)
    say(`Saved ${files} files to ${folder}${left.length > 0 ? `; left out: ${left.join(', ')}` : ''}`)
    onClose()
  }
  const cancel = () => (work === null ? onClose() : void desk.cancelWork({ work }))
  return (
    <Modal
      opened
      onClose={cancel}
      title={identities.length === 1 ? 'Export one identity' : `Export ${identities.length} identities`}
      size="md"
    >
      <form onSubmit={submit}>
        <Checkbox.Group label="Files for each, in one folder" value={wanted} onChange={setWanted}>
          <div className={classes.kinds}>
            {kinds.map(([kind, plain, term]) => (
              <Checkbox key={kind} value={kind} label={<PlainTerm plain={plain} term={term} />} aria-label={plain} />
            ))}
          </div>
        </Checkbox.Group>
        {bundles && (
          <div className={classes.bundles}>
            <Radio.Group
              label="Who will read the bundles"
              value={readers}
              onChange={(value) => setReaders(value as 'modern' | 'older')}
            >
              <Group gap={16} mt={4}>
                <Radio value="modern" label="Current systems" />
                <Radio value="older" label="Older systems (3DES with SHA-1)" />
              </Group>
            </Radio.Group>
            <SecretField
              label="Passphrase of all bundles"
              value={passphrase}
              onChange={setPassphrase}
              hint="Whoever loads one of them needs it. Countersign does not keep it."
            />
          </div>
        )}
        {problem && <ProblemNote problem={problem} />}
        <Group justify="flex-end" mt="lg" gap={8}>
          <Button variant="default" onClick={cancel}>
            Cancel
          </Button>
          <Button
            type="submit"
            disabled={wanted.length === 0 || (bundles && passphrase === '')}
            loading={work !== null}
          >
            Choose a folder…
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
