import type { AuthorityBehind } from '../../shared/calls/signing-services.ts'
import { spacedHex } from '../../shared/pki/key-words.ts'
import { CopyText } from '../parts/CopyText.tsx'
import { DateText } from '../parts/DateText.tsx'
import { KeyValue } from '../parts/KeyValue.tsx'
import classes from './Dialogs.module.css'

/** What was found behind the address, for a comparison with what the operator says. */
export function BehindService({ behind: { authority, chain } }: { behind: AuthorityBehind }) {
  const { subject = '', notAfter, sha256 = '' } = authority.facts
  return (
    <section className={classes.behind} aria-label="The authority behind it">
      <p>
        Behind it: <strong>{subject}</strong>
      </p>
      <KeyValue
        pairs={[
          ['Valid to', notAfter && <DateText key="n" iso={notAfter} />],
          ['Fingerprint (SHA-256)', <CopyText key="s" text={sha256} shown={spacedHex(sha256)} what="fingerprint" />],
          ['Above it', chain.map(({ facts }) => facts.subject).join(', then ')],
        ]}
      />
      <p className="quiet">Compare the fingerprint with what its operator tells you, then add it.</p>
    </section>
  )
}
