import { Button, Select, TextInput, UnstyledButton } from '@mantine/core'
import { IconListCheck, IconRubberStamp, IconSearch } from '@tabler/icons-react'
import { useEffect } from 'react'
import { findIssued, type IssuedState } from '../../shared/authority/book-search.ts'
import type { BookAuthority } from '../../shared/calls/book.ts'
import { useDesk } from '../desk.ts'
import { EmptyState } from '../parts/EmptyState.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { useToday } from '../parts/use-today.ts'
import { go } from '../place.ts'
import room from './AuthorityRoom.module.css'
import { forgetWish, openLists, useBook, watchBook, wishFor } from './book-store.ts'
import { IssuedPane } from './IssuedPane.tsx'
import { IssuedRows } from './IssuedRows.tsx'
import classes from './IssuedView.module.css'
import { stateLabels } from './issued-words.ts'
import { ListsPane } from './ListsPane.tsx'

type Props = { onSign: () => void; onRenew: (issued: string) => void }

const states = (['valid', 'expiring', 'expired', 'revoked'] as const).map((value) => ({
  value,
  label: stateLabels[value],
}))

/** What needs doing about lists, for the line above the certificates. */
function listsSay(authorities: readonly BookAuthority[]): string {
  const wanting = authorities.filter(({ list }) => ['behind', 'due', 'over'].includes(list.state)).length
  if (wanting > 0) return wanting === 1 ? 'One list has to be made' : `${wanting} lists have to be made`
  return 'Nothing to do about lists'
}

/** The book of issued certificates: find, look, renew, revoke, and the lists by which servers learn of it. */
export function IssuedView({ onSign, onRenew }: Props) {
  const { book, problem, chosen, detail, wish } = useBook()
  const vault = useDesk((state) => state.vault?.state)
  const today = useToday()
  useEffect(watchBook, [])

  if (!book) return problem && <div className={room.note}>{<ProblemNote problem={problem} />}</div>
  if (book.issued.length === 0 && book.authorities.length === 0) {
    return (
      <EmptyState
        icon={IconRubberStamp}
        title={vault === 'locked' ? 'The vault is locked' : 'Nothing issued yet'}
        says="Certificates that your authorities sign are kept here: when they end, who they were for, and whether they were revoked."
      >
        {vault === 'locked' ? (
          <Button onClick={() => go({ room: 'identities' })}>Unlock vault</Button>
        ) : (
          <Button onClick={onSign}>Sign a request</Button>
        )}
      </EmptyState>
    )
  }
  const found = findIssued(book.issued, wish, today)
  const filtered = wish.text !== '' || wish.state !== null || wish.authority !== null
  return (
    <div className={classes.split}>
      <div className={classes.side}>
        <UnstyledButton
          className={classes.lists}
          aria-current={chosen === null ? 'true' : undefined}
          onClick={openLists}
        >
          <IconListCheck size={18} stroke={1.5} aria-hidden />
          <span>
            Lists and trust
            <span className="quiet" style={{ display: 'block' }}>
              {listsSay(book.authorities)}
            </span>
          </span>
        </UnstyledButton>
        <div className={classes.filters}>
          <TextInput
            className={classes.search}
            size="xs"
            type="search"
            aria-label="Search issued certificates"
            placeholder="Name, subject or serial number"
            leftSection={<IconSearch size={15} stroke={1.6} aria-hidden />}
            value={wish.text}
            onChange={(event) => wishFor({ text: event.currentTarget.value })}
          />
          <Select
            size="xs"
            aria-label="State"
            placeholder="Any state"
            data={states}
            value={wish.state}
            onChange={(state) => wishFor({ state: state as IssuedState | null })}
            clearable
          />
          <Select
            size="xs"
            aria-label="Issued by"
            placeholder="Any authority"
            data={book.authorities.map(({ handle, name }) => ({ value: handle, label: name }))}
            value={wish.authority}
            onChange={(authority) => wishFor({ authority })}
            clearable
          />
          <span className={classes.count} role="status">
            {filtered
              ? `${found.length.toLocaleString()} of ${book.issued.length.toLocaleString()}`
              : `${book.issued.length.toLocaleString()} issued`}
          </span>
        </div>
        {found.length > 0 ? (
          <IssuedRows issued={found} chosen={chosen} today={today} />
        ) : (
          <div className={classes.none}>
            {book.issued.length === 0 ? 'Nothing issued yet.' : 'None of them fits.'}{' '}
            {filtered && (
              <Button size="xs" variant="subtle" onClick={forgetWish}>
                Show all
              </Button>
            )}
          </div>
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={room.pane} tabIndex={0} aria-label="Details" key={chosen ?? 'lists'}>
        {problem && <ProblemNote problem={problem} />}
        {chosen === null && <ListsPane authorities={book.authorities} today={today} />}
        {chosen !== null && detail && <IssuedPane issued={detail} today={today} onRenew={onRenew} />}
      </section>
    </div>
  )
}
