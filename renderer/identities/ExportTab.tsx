import { Button, Checkbox, Radio } from '@mantine/core'
import { IconAlertTriangleFilled } from '@tabler/icons-react'
import { type FormEvent, lazy, Suspense, useState } from 'react'
import type { Input } from '../../shared/contract.ts'
import { firstSnippetCall } from '../../shared/handover/first-call.ts'
import type { IdentityDetail } from '../../shared/identity.ts'
import type { Problem } from '../../shared/problems.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import { desk } from '../desk.ts'
import { PlainTerm } from '../parts/PlainTerm.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { SecretField } from '../parts/SecretField.tsx'
import { savedWords } from '../parts/saved-words.ts'
import { say } from '../parts/say.ts'
import { ReceiverForm } from './ReceiverForm.tsx'
import classes from './Tabs.module.css'
import { TokenExport } from './TokenExport.tsx'

// Twenty programs and the grammars of their languages: loaded when the tab is looked at.
const SnippetPanel = lazy(() => import('../parts/snippets/SnippetPanel.tsx'))

type As = Exclude<Input<'exportIdentity'>['as'], { format: 'certificate' }>
type Form = As['format']

/** Saving through the system's dialog; the files' names are said when it is done. */
function useExport(identity: IdentityDetail) {
  const [problem, setProblem] = useState<{ from: Form; problem: Problem } | null>(null)
  const [busy, setBusy] = useState<Form | null>(null)
  const save = async (as: As) => {
    setBusy(as.format)
    setProblem(null)
    const done = await desk.exportIdentity({ identity: identity.handle, as })
    setBusy(null)
    if (!done.ok) return setProblem({ from: as.format, problem: done.problem })
    if (done.value.saved.length > 0) say(savedWords(done.value.saved))
  }
  const problemOf = (form: Form) => problem?.from === form && <ProblemNote problem={problem.problem} />
  return { save, busy, problemOf }
}

type Exporting = ReturnType<typeof useExport>

function BundleForm({ exporting }: { exporting: Exporting }) {
  const [readers, setReaders] = useState<'modern' | 'older'>('modern')
  const [passphrase, setPassphrase] = useState('')
  const save = (event: FormEvent) => {
    event.preventDefault()
    void exporting.save({ format: 'pkcs12', readers, passphrase })
  }
  return (
    <form className={classes.form} onSubmit={save} aria-label="Bundle">
      <h2 className={classes.title}>
        <PlainTerm plain="Bundle: key, certificate and chain in one file" term="PKCS#12, .p12" />
      </h2>
      <Radio.Group
        label="Who will read it"
        value={readers}
        onChange={(value) => setReaders(value as 'modern' | 'older')}
      >
        <Radio value="modern" label="Current systems" description="AES-256 with SHA-256" mt={4} />
        <Radio
          value="older"
          label="Older systems"
          description="3DES with SHA-1: for Windows before 10 (1709), Java before 8u301, older macOS"
          mt={8}
        />
      </Radio.Group>
      <SecretField
        label="Passphrase of the bundle"
        value={passphrase}
        onChange={setPassphrase}
        hint="Whoever loads the bundle needs it. Countersign does not keep it."
      />
      {exporting.problemOf('pkcs12')}
      <div className={classes.actions}>
        <Button type="submit" disabled={passphrase === ''} loading={exporting.busy === 'pkcs12'}>
          Save bundle
        </Button>
      </div>
    </form>
  )
}

function PemForm({ exporting }: { exporting: Exporting }) {
  const [passphrase, setPassphrase] = useState('')
  const [plain, setPlain] = useState(false)
  const save = (event: FormEvent) => {
    event.preventDefault()
    void exporting.save({ format: 'pem', passphrase: plain ? null : passphrase })
  }
  return (
    <form className={classes.form} onSubmit={save} aria-label="Separate files">
      <h2 className={classes.title}>
        <PlainTerm plain="Separate files: certificate, key, chain" term="PEM" />
      </h2>
      <SecretField
        label="Passphrase of the key file"
        value={plain ? '' : passphrase}
        onChange={(value) => {
          setPlain(false)
          setPassphrase(value)
        }}
        hint="The key file is encrypted (PKCS#8, AES-256)."
      />
      <Checkbox
        label="Write the key without a passphrase"
        checked={plain}
        onChange={(event) => setPlain(event.currentTarget.checked)}
      />
      {plain && (
        <p className={classes.warning} role="note">
          <IconAlertTriangleFilled size={16} aria-hidden />
          Whoever can read the key file can then call the provider as you. Keep it off shared drives, mail and
          repositories, and delete it when it is installed.
        </p>
      )}
      {exporting.problemOf('pem')}
      <div className={classes.actions}>
        <Button type="submit" disabled={!plain && passphrase === ''} loading={exporting.busy === 'pem'}>
          Save files
        </Button>
      </div>
    </form>
  )
}

type ExportTabProps = { identity: IdentityDetail; profile: Profile; attachFirst: () => void }

/** Key and certificate for the service that will use them, and the call that proves they work there. */
export function ExportTab({ identity, profile, attachFirst }: ExportTabProps) {
  const exporting = useExport(identity)
  if (!identity.certificatePem) {
    return (
      <ProblemNote
        problem={{ code: 'export.no-certificate' }}
        action={{ label: 'Attach the certificate', run: attachFirst }}
      />
    )
  }
  if (identity.keyPlace) return <TokenExport identity={identity} place={identity.keyPlace} profile={profile} />
  const makesCall = firstSnippetCall(identity, profile, true) !== null
  return (
    <div className={classes.stack}>
      <ReceiverForm identity={identity} />
      <details className={classes.more}>
        <summary>Choose the form yourself</summary>
        <div className={classes.columns}>
          <BundleForm exporting={exporting} />
          <PemForm exporting={exporting} />
        </div>
      </details>
      {makesCall && (
        <Suspense>
          <SnippetPanel identity={identity.handle} callOf={(locked) => firstSnippetCall(identity, profile, locked)!} />
        </Suspense>
      )}
    </div>
  )
}
