import { Button } from '@mantine/core'
import { IconCertificate2, IconSignature } from '@tabler/icons-react'
import { useState } from 'react'
import { useDesk } from '../desk.ts'
import { EmptyState } from '../parts/EmptyState.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { go } from '../place.ts'
import { NewAuthorityDialog } from './NewAuthorityDialog.tsx'
import { useOwn } from './own-store.ts'
import { PlanPane } from './PlanPane.tsx'
import classes from './Sign.module.css'
import { SignedPane } from './SignedPane.tsx'
import { signing } from './sign-choices.ts'
import { openRequest, useSign } from './sign-store.ts'

/** From their request to the certificate: waiting for one, deciding, signed. */
export function SignPane({ onAuthorities }: { onAuthorities: () => void }) {
  const vault = useDesk((state) => state.vault?.state)
  const authorities = useOwn((state) => state.authorities)
  const screen = useSign((state) => state.screen)
  const [making, setMaking] = useState(false)
  if (authorities === null) return null
  if (vault === 'locked') {
    return (
      <EmptyState icon={IconCertificate2} title="The vault is locked" says="The keys of your authorities are in it.">
        <Button onClick={() => go({ room: 'identities' })}>Unlock vault</Button>
      </EmptyState>
    )
  }
  if (signing(authorities).length === 0) {
    return (
      <>
        <EmptyState
          icon={IconCertificate2}
          title="An authority first"
          says="Requests are signed by an authority of your own: a new one, or the CA that your company has."
        >
          <Button onClick={() => setMaking(true)}>New authority…</Button>
          <Button variant="default" onClick={onAuthorities}>
            Bring your CA…
          </Button>
        </EmptyState>
        <NewAuthorityDialog opened={making} onClose={() => setMaking(false)} onMade={() => setMaking(false)} />
      </>
    )
  }
  if (screen.at === 'deciding') return <PlanPane screen={screen} />
  if (screen.at === 'signed') return <SignedPane {...screen} />
  return (
    <div className={classes.waiting}>
      {screen.problem && <ProblemNote problem={screen.problem} />}
      <EmptyState
        icon={IconSignature}
        title="Drop a signing request (CSR) here"
        says="Apata sends apata.csr, Truv one for its webhooks. You see what it asks for beside what will be issued, line by line, before anything is signed."
      >
        <Button onClick={() => void openRequest({ by: 'choose' })} loading={screen.busy}>
          Choose a request…
        </Button>
      </EmptyState>
    </div>
  )
}
