import { Button } from '@mantine/core'
import { useState } from 'react'
import { tokenCurlLine, tokenSClientLine } from '../../shared/handover/token-lines.ts'
import type { IdentityDetail } from '../../shared/identity.ts'
import type { Problem } from '../../shared/problems.ts'
import type { TokenPlace } from '../../shared/tokens/token.ts'
import { desk, useDesk } from '../desk.ts'
import { CodeBlock } from '../parts/CodeBlock.tsx'
import { CopyButton, CopyIcon } from '../parts/CopyText.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { savedWords } from '../parts/saved-words.ts'
import { say } from '../parts/say.ts'
import { blanksIn, type CallForm } from './call-form.ts'
import { useCallProfile } from './connect-store.ts'
import { curlCallOf, leftWords, looseCaFile } from './curl-call.ts'
import classes from './ResultPane.module.css'

type TokenCallPaneProps = { form: CallForm; identity: IdentityDetail; place: TokenPlace }

/** In place of a test with a key in a token: the reason, and the lines that make the same call in a terminal. */
export function TokenCallPane({ form, identity, place }: TokenCallPaneProps) {
  const profile = useCallProfile()
  const practice = useDesk((state) => state.practice)
  const [problem, setProblem] = useState<Problem | null>(null)
  const blanks = blanksIn(form, profile)
  const hasServerCa = identity.serverCaPem !== undefined
  const call = curlCallOf(form, blanks, { kind: 'pem', identity: identity.name, hasServerCa })
  const certificate = call.files && 'certificate' in call.files ? call.files.certificate : ''
  const files = { certificate, ca: call.files?.ca }
  const url = URL.canParse(call.url) ? new URL(call.url) : null
  const lines = [
    { program: 'curl', line: tokenCurlLine(call, place, files) },
    ...(url
      ? [{ program: 'OpenSSL', line: tokenSClientLine(url.hostname, Number(url.port) || 443, place, files) }]
      : []),
  ]
  const left = leftWords(form, blanks, call)
  const looseCa =
    files.ca === looseCaFile ? (form.trust === 'practice' ? practice?.serverCaPem : form.trustPem) : undefined
  const save = async () => {
    const done = await desk.exportIdentity({ identity: identity.handle, as: { format: 'certificate' } })
    setProblem(done.ok ? null : done.problem)
    if (done.ok && done.value.saved.length > 0) say(savedWords(done.value.saved))
  }
  return (
    <div className={classes.lines}>
      <h2 className={classes.head}>This call is made in a terminal</h2>
      <p className={classes.curlNote}>
        The key is in the token “{place.token}”. The window’s own TLS library (BoringSSL) can only use keys that it
        holds itself; OpenSSL asks the token. Save the certificate, then run a line in the same folder: it asks for the
        PIN.
      </p>
      {problem && <ProblemNote problem={problem} />}
      <div className={classes.curlActions}>
        <Button variant="default" onClick={() => void save()}>
          Save certificate
        </Button>
      </div>
      {lines.map(({ program, line }) => (
        <div key={program} className={classes.line}>
          <CodeBlock label={`${program} line`} wrap>
            {line}
          </CodeBlock>
          <div className={classes.curlActions}>
            <CopyButton text={line} what={`${program} line`} />
          </div>
        </div>
      ))}
      {looseCa && (
        <p className={classes.curlNote}>
          Save the CA that the call trusts as {looseCaFile}. <CopyIcon text={looseCa} what="CA as PEM" />
        </p>
      )}
      {left !== '' && <p className={classes.curlNote}>Put in yourself: {left}.</p>}
      <p className={classes.curlNote}>
        They need OpenSSL’s engine for tokens (Debian: libengine-pkcs11-openssl). What one of them prints can be read in
        words under Error text; countersign test --key &apos;pkcs11:…&apos; tells every step.
      </p>
    </div>
  )
}
