import { ActionIcon, Anchor, Button, Menu } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconBellZ } from '@tabler/icons-react'
import { useState } from 'react'
import { placeFor } from '../parts/reminder-place.ts'
import { StateMark } from '../parts/StateMark.tsx'
import { go } from '../place.ts'
import classes from './CalendarRoom.module.css'
import { changeReminder } from './change-reminder.ts'
import { belongsWords } from './item-says.ts'
import type { Thing } from './next-things.ts'

/** More than this is what the calendar itself is for. */
const most = 50
/** In a low window the calendar itself is to be in sight. */
const firstShown = { usually: 3, low: 2 }

const words: Record<Thing['what'], Record<Thing['tone'], string>> = {
  renew: { broken: 'Expired', soon: 'Expires soon', waiting: '' },
  attach: { broken: '', soon: '', waiting: 'Requested' },
  test: { broken: '', soon: '', waiting: 'Untested' },
  renewal: { broken: '', soon: 'Renewal', waiting: 'Renewal' },
}

function doIt({ what, item }: Thing): void {
  if (what === 'renew') go(placeFor(item, item.id))
  else if (what === 'test') go({ room: 'test', identity: item.handle })
  else go({ room: 'identities', identity: item.handle })
}

function Later({ thing: { item } }: { thing: Thing }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size={26} aria-label={`Remind later of ${item.name}`}>
          <IconBellZ size={15} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void changeReminder(item, { to: 'snooze', until: 'tomorrow' })}>
          Snooze until tomorrow
        </Menu.Item>
        <Menu.Item onClick={() => void changeReminder(item, { to: 'snooze', until: 'week' })}>
          Snooze for a week
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => void changeReminder(item, { to: 'done' })}>Done, no more reminders</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

type Props = { things: readonly Thing[]; onShow: (item: string) => void }

/** The short list on top: what wants doing, most urgent first, each with its button. */
export function NextThings({ things, onShow }: Props) {
  const [all, setAll] = useState(false)
  const low = useMediaQuery('(max-height: 699px)', window.innerHeight < 700, { getInitialValueInEffect: false })
  const few = low ? firstShown.low : firstShown.usually
  const shown = things.slice(0, all ? most : few)
  return (
    <section className={classes.next} aria-labelledby="next-things">
      <div className={classes.nextHead}>
        <h2 className={classes.heading} id="next-things">
          Next things to do
        </h2>
        {things.length > few && (
          <Anchor component="button" type="button" fz={12} onClick={() => setAll(!all)}>
            {all
              ? 'Show the first few'
              : things.length > most
                ? `Show ${most} of ${things.length}`
                : `Show all ${things.length}`}
          </Anchor>
        )}
      </div>
      {things.length === 0 && <p className="dim">Nothing: everything has its certificate, and nothing expires soon.</p>}
      <ul className={classes.things}>
        {shown.map((thing) => (
          <li key={thing.item.id}>
            <StateMark tone={thing.tone} word={words[thing.what][thing.tone]} />
            <span className={classes.thing}>
              <Anchor component="button" type="button" fz="inherit" ta="left" onClick={() => onShow(thing.item.id)}>
                {thing.item.name}
              </Anchor>
              <span className="dim">{thing.says}</span>
              <span className="quiet">{belongsWords(thing.item)}</span>
            </span>
            <span className={classes.thingButtons}>
              <Button
                size="xs"
                variant="default"
                aria-label={`${thing.verb}: ${thing.item.name}`}
                onClick={() => doIt(thing)}
              >
                {thing.verb}
              </Button>
              {thing.what === 'renew' && <Later thing={thing} />}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
