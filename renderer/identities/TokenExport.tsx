import { Button } from '@mantine/core'
import { useState } from 'react'
import type { IdentityDetail } from '../../shared/identity.ts'
import type { Problem } from '../../shared/problems.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import type { TokenPlace } from '../../shared/tokens/token.ts'
import { desk } from '../desk.ts'
import { CodeBlock } from '../parts/CodeBlock.tsx'
import { CopyButton } from '../parts/CopyText.tsx'
import { PlainTerm } from '../parts/PlainTerm.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { savedWords } from '../parts/saved-words.ts'
import { say } from '../parts/say.ts'
import classes from './Tabs.module.css'
import { tokenLinesFor } from './token-lines-for.ts'

type TokenExportProps = { identity: IdentityDetail; place: TokenPlace; profile: Profile }

/** A key in a token never leaves it: what can be saved is the certificate, and how programs use the key where it is. */
export function TokenExport({ identity, place, profile }: TokenExportProps) {
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    setProblem(null)
    const done = await desk.exportIdentity({ identity: identity.handle, as: { format: 'certificate' } })
    setBusy(false)
    if (!done.ok) return setProblem(done.problem)
    if (done.value.saved.length > 0) say(savedWords(done.value.saved))
  }
  return (
    <div className={classes.stack}>
      <section aria-label="Certificate without key">
        <h2 className={classes.title}>
          <PlainTerm plain="The certificate and its chain, without the key" term="PEM" />
        </h2>
        <p className={classes.lead}>
          The key is in the token “{place.token}” and never leaves it. Programs use it there: they need this file, the
          token’s library, and the PIN.
        </p>
        {problem && <ProblemNote problem={problem} />}
        <div className={classes.actions} style={{ marginTop: 8 }}>
          <Button onClick={() => void save()} loading={busy}>
            Save certificate
          </Button>
        </div>
      </section>
      {tokenLinesFor(identity, place, profile).map(({ program, note, lines }) => (
        <section key={program} aria-label={`The same key with ${program}`}>
          <h2 className={classes.title}>The same key with {program}</h2>
          <CodeBlock label={`Lines for ${program}`} wrap whole>
            {lines}
          </CodeBlock>
          <p className="quiet" style={{ margin: '6px 0 8px' }}>
            {note}
          </p>
          <div className={classes.actions}>
            <CopyButton text={lines} what={`lines for ${program}`} label="Copy" />
          </div>
        </section>
      ))}
    </div>
  )
}
