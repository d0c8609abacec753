import { Button } from '@mantine/core'
import { IconCertificate2, IconPlus } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { AuthorityDetail } from '../../shared/calls/authority.ts'
import { useDesk } from '../desk.ts'
import { EmptyState } from '../parts/EmptyState.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { useToday } from '../parts/use-today.ts'
import { go } from '../place.ts'
import { AuthorityList } from './AuthorityList.tsx'
import { AuthorityPane } from './AuthorityPane.tsx'
import classes from './AuthorityRoom.module.css'
import { useAuthority } from './authority-store.ts'
import { BringDialog } from './BringDialog.tsx'
import { NewAuthorityDialog } from './NewAuthorityDialog.tsx'
import { OwnAuthorityPane } from './OwnAuthorityPane.tsx'
import { openOwn, useOwn } from './own-store.ts'
import { PracticeLine } from './PracticeLine.tsx'
import { ServiceDialog } from './ServiceDialog.tsx'
import { signing } from './sign-choices.ts'
import { preferAuthority } from './sign-store.ts'

/** Authorities of one’s own first, then those that the identities depend on: who issued them, who vouches for servers. */
export function AuthoritiesPane({ onSign }: { onSign: () => void }) {
  const identities = useDesk((state) => state.identities)
  const practice = useDesk((state) => state.practice)
  const vault = useDesk((state) => state.vault?.state)
  const own = useOwn()
  const { screen, read, choose } = useAuthority()
  const [dialog, setDialog] = useState<'new' | 'bring' | 'service' | null>(null)
  const today = useToday()

  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew when any of these is another one
  useEffect(() => {
    void read()
  }, [identities, practice, vault])

  const dependedOn = screen.at === 'showing' ? screen.authorities : []
  const chosen = screen.at === 'showing' ? screen.chosen : null
  const firstOwn = own.authorities?.[0]?.handle
  const firstOther = own.authorities === null ? undefined : dependedOn[0]?.key
  const noneOpen = own.detail === null && chosen === null
  // Something is open from the start: an own authority rather than another.
  useEffect(() => {
    if (!noneOpen) return
    if (firstOwn) void openOwn(firstOwn)
    else if (firstOther) choose(firstOther)
  }, [noneOpen, firstOwn, firstOther, choose])
  const open = (handle: string) => {
    // In this order: with nothing open, the first one would be opened in its place.
    void openOwn(handle).then(() => choose(null))
  }
  const signs = (handle: string) => signing(own.authorities ?? []).some((one) => one.handle === handle)
  const sign = (authority: AuthorityDetail | null) => {
    if (authority) preferAuthority(authority.handle)
    onSign()
  }
  const made = ({ handle }: { handle: string }) => {
    setDialog(null)
    open(handle)
  }
  const problem = own.problem ?? (screen.at === 'refused' ? screen.problem : null)
  const nothing = own.authorities?.length === 0 && dependedOn.length === 0 && screen.at !== 'reading'
  const depended = dependedOn.find((one) => one.key === chosen)
  return (
    <>
      <PracticeLine />
      {problem && (
        <div className={classes.note}>
          <ProblemNote problem={problem} />
        </div>
      )}
      {nothing && vault === 'locked' && (
        <EmptyState
          icon={IconCertificate2}
          title="The vault is locked"
          says="Your authorities, and those of your identities, are kept in the vault."
        >
          <Button onClick={() => go({ room: 'identities' })}>Unlock vault</Button>
        </EmptyState>
      )}
      {nothing && vault !== 'locked' && (
        <EmptyState
          icon={IconCertificate2}
          title="No authorities yet"
          says="When a provider calls you, it may ask you to sign its request: make an authority for that, or bring the CA that your company has. The authorities above your own certificates appear here by themselves."
        >
          <Button leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />} onClick={() => setDialog('new')}>
            New authority…
          </Button>
          <Button variant="default" onClick={() => setDialog('bring')}>
            Bring your CA…
          </Button>
          <Button variant="default" onClick={() => setDialog('service')}>
            Use a signing service…
          </Button>
        </EmptyState>
      )}
      {!nothing && (
        <div className={classes.split}>
          <AuthorityList
            own={own.authorities ?? []}
            openHandle={chosen === null ? (own.detail?.handle ?? null) : null}
            onOpen={open}
            depended={dependedOn}
            chosen={chosen}
            onChoose={choose}
            onNew={() => setDialog('new')}
            onBring={() => setDialog('bring')}
            onService={() => setDialog('service')}
          />
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
          <section className={classes.pane} tabIndex={0} aria-label="Details" key={depended?.key ?? own.detail?.handle}>
            {depended && <AuthorityPane authority={depended} today={today} />}
            {!depended && own.detail && (
              <OwnAuthorityPane
                authority={own.detail}
                today={today}
                onSign={signs(own.detail.handle) ? () => sign(own.detail) : null}
              />
            )}
          </section>
        </div>
      )}
      <NewAuthorityDialog opened={dialog === 'new'} onClose={() => setDialog(null)} onMade={made} />
      <ServiceDialog opened={dialog === 'service'} onClose={() => setDialog(null)} onAdded={made} />
      <BringDialog opened={dialog === 'bring'} onClose={() => setDialog(null)} onBrought={made} />
    </>
  )
}
