import { Button, Group, Modal, Select } from '@mantine/core'
import { useState } from 'react'
import { useDesk } from '../desk.ts'
import classes from './Asking.module.css'
import { type Showing, useInspect } from './inspect-store.ts'
import { type ChoiceGroup, objectChoices, refOf } from './object-choices.ts'

type Props = { showing: Showing; opened: boolean; onClose: () => void }

/** Asks which two objects to compare; what is marked or opened is filled in. */
export function CompareDialog({ showing, opened, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="Compare two objects" size="md">
      {opened && <Choosing showing={showing} onClose={onClose} />}
    </Modal>
  )
}

function Choosing({ showing, onClose }: Omit<Props, 'opened'>) {
  const { listing, picked, chosen } = showing
  const compare = useInspect((state) => state.compare)
  const start = (id: string | null | undefined) => (id != null && listing.byId.has(id) ? `object:${id}` : null)
  const [a, setA] = useState(start(picked[0] ?? chosen))
  const [b, setB] = useState(start(picked[1]))
  const pair = [a, b].map((one) => one && refOf(one, listing.inspection))
  return (
    <form
      className={classes.asking}
      onSubmit={(event) => {
        event.preventDefault()
        const [first, second] = pair
        if (!first || !second) return
        compare({ a: first, b: second })
        onClose()
      }}
    >
      <ObjectSelect label="This" showing={showing} value={a} onChange={setA} without={b} />
      <ObjectSelect label="With" showing={showing} value={b} onChange={setB} without={a} autoFocus />
      <p className="quiet">
        An old certificate with the renewed one, or a request with the certificate that came back for it.
      </p>
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" disabled={!pair[0] || !pair[1] || a === b}>
          Compare
        </Button>
      </Group>
    </form>
  )
}

type SelectProps = {
  label: string
  showing: Showing
  value: string | null
  onChange: (value: string | null) => void
  /** Chosen on the other side already. */
  without: string | null
  autoFocus?: boolean
}

/** One object among what was dropped and what my identities hold. Ten thousand are searched, not listed. */
function ObjectSelect({ label, showing, value, onChange, without, autoFocus }: SelectProps) {
  const identities = useDesk((state) => state.identities)
  const [search, setSearch] = useState('')
  const { listing } = showing
  const labelOf = (groups: ChoiceGroup[]) => groups.flatMap((group) => group.items).find((one) => one.value === value)
  const own = value?.startsWith('object:') ? listing.byId.get(value.slice(7)) : undefined
  const chosen = own
    ? labelOf(objectChoices({ ...listing, rows: [own] }, [], ''))
    : labelOf(objectChoices({ ...listing, rows: [] }, identities, ''))
  // The field shows the name of what was chosen: that is no search.
  const groups = objectChoices(listing, identities, search === chosen?.label ? '' : search, without)
  const data = chosen && !labelOf(groups) ? [{ group: 'Chosen', items: [chosen] }, ...groups] : groups
  return (
    <Select
      label={label}
      placeholder="Name, serial number or file"
      data={data}
      value={value}
      onChange={onChange}
      searchable
      onSearchChange={setSearch}
      filter={({ options }) => options}
      nothingFoundMessage="Nothing of that name"
      maxDropdownHeight={260}
      data-autofocus={autoFocus || undefined}
    />
  )
}
