import { ActionIcon, Anchor, Menu, Progress, TextInput } from '@mantine/core'
import { IconFilter, IconFilterFilled, IconListTree, IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, type Ref, useMemo } from 'react'
import type { ObjectKind } from '../../shared/pki/facts.ts'
import { useInspect } from './inspect-store.ts'
import classes from './ListHead.module.css'
import { groupingWords, useListView } from './list-view.ts'
import { isOwn, type Listing } from './listing.ts'
import { kindWords } from './object-words.ts'
import { type Order, orderWords } from './row-order.ts'
import { type Filter, isFiltering, noFilter } from './row-search.ts'
import type { Grouping } from './tree-nodes.ts'

type Props = {
  listing: Listing
  filter: Filter
  onFilter: (filter: Filter) => void
  /** How many objects the filter lets through. */
  found: number
  searchRef: Ref<HTMLInputElement>
  /** Down from the search field goes into the list. */
  onDown: () => void
}

/** Above the list: search, filter, order, and how far the reading is. */
export function ListHead({ listing, filter, onFilter, found, searchRef, onDown }: Props) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && filter.search !== '') onFilter({ ...filter, search: '' })
    else if (event.key === 'ArrowDown' || event.key === 'Enter') onDown()
    else return
    event.preventDefault()
  }
  return (
    <div className={classes.head}>
      <div className={classes.tools}>
        <TextInput
          ref={searchRef}
          className={classes.search}
          aria-label="Search objects"
          placeholder={`Search ${listing.rows.length.toLocaleString()} objects`}
          title="Name, issuer, serial number, fingerprint or file (Ctrl+F)"
          leftSection={<IconSearch size={15} stroke={1.6} aria-hidden />}
          value={filter.search}
          spellCheck={false}
          onChange={(event) => onFilter({ ...filter, search: event.currentTarget.value })}
          onKeyDown={onKeyDown}
        />
        <FilterMenu listing={listing} filter={filter} onFilter={onFilter} />
        <LayoutMenu />
      </div>
      {isFiltering(filter) && (
        <p className={classes.line} role="status">
          {found.toLocaleString()} of {listing.rows.length.toLocaleString()} shown
          <Anchor component="button" type="button" fz="inherit" onClick={() => onFilter(noFilter)}>
            Show all
          </Anchor>
        </p>
      )}
      <ReadingLine listing={listing} />
    </div>
  )
}

function FilterMenu({ listing, filter, onFilter }: Pick<Props, 'listing' | 'filter' | 'onFilter'>) {
  const kinds = useMemo(() => {
    const counts = new Map<ObjectKind, number>()
    for (const { kind } of listing.rows) counts.set(kind, (counts.get(kind) ?? 0) + 1)
    return [...counts].sort((a, b) => b[1] - a[1])
  }, [listing.rows])
  const anyMine = useMemo(() => [...listing.mine.values()].some((all) => all.some(isOwn)), [listing.mine])
  const narrowed = filter.kinds.size > 0 || filter.findings !== 'any' || filter.mine
  const Glyph = narrowed ? IconFilterFilled : IconFilter
  const toggleKind = (kind: ObjectKind, on: boolean) => {
    const next = new Set(filter.kinds)
    if (on) next.add(kind)
    else next.delete(kind)
    onFilter({ ...filter, kinds: next })
  }
  return (
    <Menu position="bottom-end" closeOnItemClick={false}>
      <Menu.Target>
        <ActionIcon
          variant={narrowed ? 'light' : 'subtle'}
          color={narrowed ? undefined : 'gray'}
          size={32}
          aria-label={narrowed ? 'Filter, in use' : 'Filter'}
          title="Filter"
        >
          <Glyph size={17} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Kind</Menu.Label>
        {kinds.map(([kind, count]) => (
          <Menu.CheckboxItem
            key={kind}
            checked={filter.kinds.has(kind)}
            onChange={(on) => toggleKind(kind, on)}
            rightSection={<span className="quiet number">{count.toLocaleString()}</span>}
          >
            {kindWords[kind].plain}
          </Menu.CheckboxItem>
        ))}
        <Menu.Divider />
        <Menu.Label>Findings</Menu.Label>
        <Menu.RadioGroup
          value={filter.findings}
          onChange={(findings) => onFilter({ ...filter, findings: findings as Filter['findings'] })}
        >
          <Menu.RadioItem value="any">All objects</Menu.RadioItem>
          <Menu.RadioItem value="some">With findings</Menu.RadioItem>
          <Menu.RadioItem value="refuses">Will be refused</Menu.RadioItem>
        </Menu.RadioGroup>
        {anyMine && (
          <>
            <Menu.Divider />
            <Menu.CheckboxItem checked={filter.mine} onChange={(mine) => onFilter({ ...filter, mine })}>
              Fits my identities
            </Menu.CheckboxItem>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

function LayoutMenu() {
  const { grouping, order } = useListView()
  return (
    <Menu position="bottom-end" closeOnItemClick={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={32} aria-label="Group and sort" title="Group and sort">
          <IconListTree size={17} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Group by</Menu.Label>
        <Menu.RadioGroup value={grouping} onChange={(value) => useListView.setState({ grouping: value as Grouping })}>
          {Object.entries(groupingWords).map(([value, words]) => (
            <Menu.RadioItem key={value} value={value}>
              {words}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Label>Sort by</Menu.Label>
        <Menu.RadioGroup value={order} onChange={(value) => useListView.setState({ order: value as Order })}>
          {Object.entries(orderWords).map(([value, words]) => (
            <Menu.RadioItem key={value} value={value}>
              {words}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}

/** How far a long reading is, with the way to end it. */
function ReadingLine({ listing: { rows, total, done, stopped } }: { listing: Listing }) {
  const stop = useInspect((state) => state.stop)
  if (done || stopped) return null
  const all = Math.max(total, rows.length)
  return (
    <div className={classes.reading} data-reading>
      <p className={classes.line}>
        <span role="status">
          {rows.length.toLocaleString()} of {all.toLocaleString()} objects
        </span>
        <Anchor component="button" type="button" fz="inherit" aria-label="Cancel reading" onClick={stop}>
          Cancel
        </Anchor>
      </p>
      <Progress
        value={all > 0 ? (100 * rows.length) / all : 0}
        size={4}
        aria-label="Objects read"
        transitionDuration={100}
      />
    </div>
  )
}
