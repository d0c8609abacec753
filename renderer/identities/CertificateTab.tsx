import { Button } from '@mantine/core'
import { useState } from 'react'
import type { IdentityDetail } from '../../shared/identity.ts'
import type { Problem } from '../../shared/problems.ts'
import { ChainPicture } from '../parts/ChainPicture.tsx'
import { CopyButton } from '../parts/CopyText.tsx'
import { calledOf } from '../parts/called.ts'
import type { ChainCertificate } from '../parts/chain-links.ts'
import { FactList } from '../parts/FactList.tsx'
import { FindingList } from '../parts/FindingList.tsx'
import { AttachPanel } from '../parts/handover/AttachPanel.tsx'
import type { Attach } from '../parts/handover/attach.ts'
import { SaveButton } from '../parts/handover/SaveButton.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { go } from '../place.ts'
import { SaveChain } from './SaveChain.tsx'
import classes from './Tabs.module.css'

function chainOf(identity: IdentityDetail): ChainCertificate[] {
  const facts = [identity.certificateFacts, ...identity.chain.map((link) => link.facts)]
  return facts.flatMap((one) =>
    one
      ? [
          {
            subject: one.subject ?? '',
            issuer: one.issuer ?? '',
            notAfter: one.notAfter ?? '',
            sha256: one.sha256 ?? '',
          },
        ]
      : [],
  )
}

/** The certificate, what is worth telling about it, and the chain above it. */
export function CertificateTab({ identity, attach, today }: { identity: IdentityDetail; attach: Attach; today: Date }) {
  const [replacing, setReplacing] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const { certificateFacts, certificatePem } = identity
  if (!certificateFacts || !certificatePem) {
    return (
      <div className={classes.stack}>
        <p className={classes.lead}>No certificate yet. When the provider has signed the request, bring it here.</p>
        <AttachPanel identity={identity} attach={attach} />
      </div>
    )
  }
  const busy = attach.screen.at !== 'waiting'
  return (
    <div className={classes.stack}>
      <FindingList findings={identity.findings} />
      <section aria-label="Certificate">
        <FactList facts={certificateFacts} today={today} />
      </section>
      <section aria-label="Chain">
        <h2 className={classes.title}>Chain</h2>
        <ChainPicture
          chain={chainOf(identity)}
          today={today}
          leafWord="Your certificate"
          missingNext={`Ask ${calledOf(identity)} for it.`}
        />
      </section>
      <div className={classes.actions}>
        <CopyButton text={certificatePem} what="certificate" />
        <SaveButton what="certificate" identity={identity.handle} onProblem={setProblem} />
        {identity.chain.length > 0 && <SaveChain identity={identity.handle} onProblem={setProblem} />}
        <Button variant="default" onClick={() => go({ room: 'inspect', from: { by: 'text', text: certificatePem } })}>
          Inspect in full
        </Button>
        <Button variant="default" onClick={() => setReplacing(!replacing)} aria-expanded={replacing || busy}>
          Attach another certificate
        </Button>
      </div>
      {problem && <ProblemNote problem={problem} />}
      {(replacing || busy) && <AttachPanel identity={identity} attach={attach} />}
    </div>
  )
}
