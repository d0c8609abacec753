import { Button, UnstyledButton } from '@mantine/core'
import {
  IconCertificate2,
  IconCertificateOff,
  IconFolderDown,
  IconPlus,
  IconServer2,
  IconShieldLock,
} from '@tabler/icons-react'
import type { AuthoritySummary } from '../../shared/calls/authority.ts'
import { useToday } from '../parts/use-today.ts'
import { validityWords } from '../parts/validity-words.ts'
import classes from './AuthorityRoom.module.css'
import { type Authority, roleWords } from './authorities.ts'
import { kindWords } from './own-words.ts'

type Props = {
  own: readonly AuthoritySummary[]
  openHandle: string | null
  onOpen: (handle: string) => void
  depended: readonly Authority[]
  chosen: string | null
  onChoose: (key: string) => void
  onNew: () => void
  onBring: () => void
  onService: () => void
}

/** Own authorities with the ways to more of them, and below them those that others run. */
export function AuthorityList({ own, openHandle, onOpen, depended, chosen, onChoose, ...ways }: Props) {
  const { onNew, onBring, onService } = ways
  const today = useToday()
  return (
    <nav className={classes.lists} aria-label="Authorities">
      <h2 className={classes.listTitle}>Your authorities</h2>
      <ul className={classes.list}>
        {own.map((authority) => {
          const validity = validityWords(authority, today)
          return (
            <li key={authority.handle}>
              <UnstyledButton
                className={classes.entry}
                aria-current={authority.handle === openHandle || undefined}
                onClick={() => onOpen(authority.handle)}
              >
                <IconShieldLock size={18} stroke={1.5} aria-hidden />
                <span className={classes.words}>
                  <bdi>{authority.name}</bdi>
                  <span className="quiet">{kindWords(authority)}</span>
                  <span className={`sentence ${classes.state}`} data-state={validity?.state}>
                    {validity?.says}
                  </span>
                </span>
              </UnstyledButton>
            </li>
          )
        })}
        {own.length === 0 && (
          <li className={classes.none}>None yet. One signs the requests that providers send you.</li>
        )}
      </ul>
      <div className={classes.listActions}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={15} stroke={1.6} aria-hidden />}
          onClick={onNew}
        >
          New authority…
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconFolderDown size={15} stroke={1.6} aria-hidden />}
          onClick={onBring}
        >
          Bring your CA…
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconServer2 size={15} stroke={1.6} aria-hidden />}
          onClick={onService}
        >
          Use a service…
        </Button>
      </div>
      {depended.length > 0 && (
        <>
          <h2 className={classes.listTitle}>Authorities you depend on</h2>
          <ul className={classes.list}>
            {depended.map((authority) => {
              const validity = authority.facts && validityWords(authority.facts, today)
              const Glyph = authority.facts ? IconCertificate2 : IconCertificateOff
              return (
                <li key={authority.key}>
                  <UnstyledButton
                    className={classes.entry}
                    aria-current={authority.key === chosen || undefined}
                    onClick={() => onChoose(authority.key)}
                  >
                    <Glyph size={18} stroke={1.5} aria-hidden />
                    <span className={classes.words}>
                      <span>
                        <bdi>{authority.name}</bdi>
                        {authority.practice && <span className={classes.tag}>practice</span>}
                      </span>
                      <span className="quiet sentence">{roleWords(authority)}</span>
                      <span
                        className={`sentence ${classes.state}`}
                        data-state={authority.facts ? validity?.state : 'missing'}
                      >
                        {authority.facts ? validity?.says : 'certificate not here'}
                      </span>
                    </span>
                  </UnstyledButton>
                </li>
              )
            })}
          </ul>
        </>
      )}
    </nav>
  )
}
