import { useEffect, useState } from 'react'
import { RoomHeader } from '../parts/RoomHeader.tsx'
import { ViewChoice } from '../parts/ViewChoice.tsx'
import { useVisit } from '../place.ts'
import { AuthoritiesPane } from './AuthoritiesPane.tsx'
import classes from './AuthorityRoom.module.css'
import { IssuedView } from './IssuedView.tsx'
import { readOwn, watchOwn } from './own-store.ts'
import { SignPane } from './SignPane.tsx'
import { openRequest } from './sign-store.ts'

const views = [
  { value: 'authorities', label: 'Authorities' },
  { value: 'sign', label: 'Sign' },
  { value: 'issued', label: 'Issued' },
] as const
type View = (typeof views)[number]['value']

const says: Record<View, string> = {
  authorities: 'Authorities of your own, and those that your identities depend on',
  sign: 'Sign a request that a provider sent you, and see beforehand what will be issued',
  issued: 'What your authorities have issued, and the lists by which servers learn what is revoked',
}

/** Certificates for those who call you: authorities of one’s own, signing, and what was issued. */
export default function AuthorityRoom() {
  const { place, visit } = useVisit('authority')
  const [view, setView] = useState<View>(place?.view ?? 'authorities')

  useEffect(watchOwn, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a request is brought once, by the visit that names it
  useEffect(() => {
    if (place?.view) setView(place.view)
    if (place?.sign) void readOwn().then(() => place.sign && openRequest(place.sign))
  }, [visit])

  const sign = (files: File[]) => {
    setView('sign')
    void openRequest({ by: 'files', files })
  }
  const renew = (issued: string) => {
    setView('sign')
    void openRequest({ by: 'issued', issued })
  }
  return (
    <section
      className={classes.room}
      aria-label="Authority"
      data-drop-says="Drop a signing request (CSR) to sign it"
      onDrop={(event) => {
        const files = Array.from(event.dataTransfer.files)
        if (files.length === 0) return
        event.preventDefault()
        sign(files)
      }}
    >
      <RoomHeader
        title="Authority"
        says={says[view]}
        actions={<ViewChoice views={views} value={view} onChange={setView} />}
      />
      {view === 'authorities' && <AuthoritiesPane onSign={() => setView('sign')} />}
      {view === 'sign' && <SignPane onAuthorities={() => setView('authorities')} />}
      {view === 'issued' && <IssuedView onSign={() => setView('sign')} onRenew={renew} />}
    </section>
  )
}
