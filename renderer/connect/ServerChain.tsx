import { Button } from '@mantine/core'
import type { Attempt } from '../../shared/tls/attempt.ts'
import { ChainPicture } from '../parts/ChainPicture.tsx'
import { CopyIcon, CopyText } from '../parts/CopyText.tsx'
import { shortName } from '../parts/chain-links.ts'
import { useToday } from '../parts/use-today.ts'
import { go } from '../place.ts'
import { useConnect } from './connect-store.ts'
import classes from './ResultPane.module.css'

/** The certificates the server showed, and whether somebody here vouches for them. */
export function ServerChain({ attempt }: { attempt: Attempt }) {
  const today = useToday()
  const trustOnce = useConnect((state) => state.trustOnce)
  const [leaf] = attempt.serverChain
  const pemOf = (sha256: string) => attempt.serverChain.find((link) => link.sha256 === sha256)?.pem ?? ''
  return (
    <div className={classes.chain}>
      <p className="dim">
        {attempt.serverTrusted === true && 'The server showed these certificates, and they are trusted here.'}
        {attempt.serverTrusted === false && 'The server showed these certificates, and they are not trusted here.'}
        {attempt.serverTrusted === undefined && 'The server showed these certificates. Trust was not decided.'}
      </p>
      <ChainPicture
        chain={attempt.serverChain}
        today={today}
        trusted={attempt.serverTrusted}
        leafWord="Server"
        missingNext="The server should send it: tell its operator, or paste its CA under “Who vouches for the server”."
        onOpen={() =>
          go({ room: 'inspect', from: { by: 'text', text: attempt.serverChain.map((one) => one.pem).join('\n') } })
        }
        aside={(link) => <CopyIcon text={pemOf(link.sha256)} what={`PEM of ${shortName(link.subject)}`} />}
      />
      {attempt.serverTrusted === false && leaf && (
        <div className={classes.once}>
          <p>
            Its fingerprint (SHA-256): <CopyText text={leaf.sha256} what="fingerprint" />
          </p>
          <Button variant="default" size="xs" onClick={() => void trustOnce(leaf.sha256)}>
            Trust this certificate for one test
          </Button>
          <p className="quiet">
            Compare the fingerprint with what the provider tells you in another way first. Nothing of it is stored.
          </p>
        </div>
      )}
    </div>
  )
}
