import { Button, SegmentedControl } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { curlLine } from '../../shared/handover/curl.ts'
import { useDesk } from '../desk.ts'
import { CodeBlock } from '../parts/CodeBlock.tsx'
import { CopyButton, CopyIcon } from '../parts/CopyText.tsx'
import { go } from '../place.ts'
import { blanksIn, type CallForm } from './call-form.ts'
import { useCallProfile, useConnect } from './connect-store.ts'
import { curlCallOf, leftWords, looseCaFile } from './curl-call.ts'
import classes from './ResultPane.module.css'
import { snippetCallOf } from './snippet-call.ts'
import { TokenCallPane } from './TokenCallPane.tsx'

// Twenty programs and the grammars of their languages: loaded when the tab is looked at.
const SnippetPanel = lazy(() => import('../parts/snippets/SnippetPanel.tsx'))

/** The same call for a terminal and for programs, with the files that an export of this identity writes. */
export function CurlPane({ form }: { form: CallForm }) {
  const detail = useConnect((state) => state.detail)
  const profile = useCallProfile()
  const practice = useDesk((state) => state.practice)
  const [files, setFiles] = useState<'pem' | 'pkcs12'>('pem')

  if (detail?.keyPlace) return <TokenCallPane form={form} identity={detail} place={detail.keyPlace} />
  const blanks = blanksIn(form, profile)
  const call = curlCallOf(form, blanks, {
    kind: files,
    identity: detail?.name,
    hasServerCa: detail?.serverCaPem !== undefined,
  })
  const line = curlLine(call)
  const left = leftWords(form, blanks, call)
  const looseCa =
    call.files?.ca === looseCaFile ? (form.trust === 'practice' ? practice?.serverCaPem : form.trustPem) : undefined
  return (
    <>
      <CodeBlock label="curl line" wrap>
        {line}
      </CodeBlock>
      <div className={classes.curlActions}>
        <CopyButton text={line} what="curl line" />
        {detail && (
          <>
            <Button variant="default" onClick={() => go({ room: 'identities', identity: detail.handle })}>
              Export these files
            </Button>
            <SegmentedControl
              size="xs"
              aria-label="Files for curl"
              value={files}
              onChange={(value) => setFiles(value as 'pem' | 'pkcs12')}
              data={[
                { value: 'pem', label: 'PEM files' },
                { value: 'pkcs12', label: 'Bundle (PKCS#12)' },
              ]}
            />
          </>
        )}
      </div>
      {looseCa && (
        <p className={classes.curlNote}>
          Save the CA that the call trusts as {looseCaFile}. <CopyIcon text={looseCa} what="CA as PEM" />
        </p>
      )}
      {left !== '' && <p className={classes.curlNote}>Put in yourself: {left}.</p>}
      {detail && (
        <div className={classes.code}>
          <Suspense>
            <SnippetPanel
              own
              first="node-https"
              identity={detail.handle}
              callOf={(locked) =>
                snippetCallOf(form, blanks, {
                  identity: detail.name,
                  hasServerCa: detail.serverCaPem !== undefined,
                  locked,
                })
              }
            />
          </Suspense>
        </div>
      )}
    </>
  )
}
