import { Button, UnstyledButton } from '@mantine/core'
import { IconCertificate2, IconCertificateOff, IconPlus } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useDesk } from '../desk.ts'
import { EmptyState } from '../parts/EmptyState.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { RoomHeader } from '../parts/RoomHeader.tsx'
import { useToday } from '../parts/use-today.ts'
import { validityWords } from '../parts/validity-words.ts'
import { go } from '../place.ts'
import { AuthorityPane } from './AuthorityPane.tsx'
import classes from './AuthorityRoom.module.css'
import { type Authority, roleWords } from './authorities.ts'
import { useAuthority } from './authority-store.ts'
import { PracticeLine } from './PracticeLine.tsx'

/** The authorities that the identities depend on: who issued them, and who vouches for their servers. */
export default function AuthorityRoom() {
  const identities = useDesk((state) => state.identities)
  const practice = useDesk((state) => state.practice)
  const vault = useDesk((state) => state.vault?.state)
  const read = useAuthority((state) => state.read)
  const screen = useAuthority((state) => state.screen)

  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew when any of these is another one
  useEffect(() => {
    void read()
  }, [identities, practice, vault])

  return (
    <div className={classes.room}>
      <RoomHeader title="Authority" says="Who issued your certificates, and who vouches for the servers you call" />
      <PracticeLine />
      {screen.at === 'refused' && (
        <div className={classes.note}>
          <ProblemNote problem={screen.problem} />
        </div>
      )}
      {screen.at === 'showing' && <Shown authorities={screen.authorities} chosen={screen.chosen} />}
    </div>
  )
}

function Shown({ authorities, chosen }: { authorities: Authority[]; chosen: string | null }) {
  const today = useToday()
  const choose = useAuthority((state) => state.choose)
  const vault = useDesk((state) => state.vault?.state)
  if (authorities.length === 0) {
    return (
      <EmptyState
        icon={IconCertificate2}
        title={vault === 'open' ? 'No authorities yet' : 'The vault is locked'}
        says={
          vault === 'open'
            ? 'When a provider returns a certificate, the authorities above it are kept with the identity and appear here with their dates.'
            : 'The authorities of your identities are kept in the vault.'
        }
      >
        {vault === 'open' ? (
          <Button leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />} onClick={() => go({ room: 'create' })}>
            New identity
          </Button>
        ) : (
          <Button onClick={() => go({ room: 'identities' })}>Unlock vault</Button>
        )}
      </EmptyState>
    )
  }
  const open = authorities.find((one) => one.key === chosen)
  return (
    <div className={classes.split}>
      <ul className={classes.list} aria-label="Authorities">
        {authorities.map((authority) => {
          const validity = authority.facts && validityWords(authority.facts, today)
          const Glyph = authority.facts ? IconCertificate2 : IconCertificateOff
          return (
            <li key={authority.key}>
              <UnstyledButton
                className={classes.entry}
                aria-current={authority.key === chosen || undefined}
                onClick={() => choose(authority.key)}
              >
                <Glyph size={18} stroke={1.5} aria-hidden />
                <span className={classes.words}>
                  <span className={classes.name}>
                    <bdi>{authority.name}</bdi>
                    {authority.practice && <span className={classes.tag}>practice</span>}
                  </span>
                  <span className="quiet">{roleWords(authority)}</span>
                  <span className={classes.state} data-state={authority.facts ? validity?.state : 'missing'}>
                    {authority.facts ? validity?.says : 'certificate not here'}
                  </span>
                </span>
              </UnstyledButton>
            </li>
          )
        })}
      </ul>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={classes.pane} tabIndex={0} aria-label="Details" key={open?.key}>
        {open && <AuthorityPane authority={open} today={today} />}
      </section>
    </div>
  )
}
