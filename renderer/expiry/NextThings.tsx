import { Anchor, Button } from '@mantine/core'
import { useState } from 'react'
import { IdentityLink } from '../parts/IdentityLink.tsx'
import { StateMark } from '../parts/StateMark.tsx'
import { go } from '../place.ts'
import classes from './CalendarRoom.module.css'
import type { Thing } from './next-things.ts'

const firstShown = 4

const words: Record<Thing['what'], Record<Thing['tone'], string>> = {
  renew: { broken: 'Expired', soon: 'Expires soon', waiting: '' },
  attach: { broken: '', soon: '', waiting: 'Requested' },
  test: { broken: '', soon: '', waiting: 'Untested' },
}

function doIt(thing: Thing): void {
  if (thing.what === 'renew') go({ room: 'create', renews: thing.handle })
  else if (thing.what === 'test') go({ room: 'test', identity: thing.handle })
  else go({ room: 'identities', identity: thing.handle })
}

/** The short list on top: what wants doing, most urgent first, each with its button. */
export function NextThings({ things }: { things: readonly Thing[] }) {
  const [all, setAll] = useState(false)
  const shown = all ? things : things.slice(0, firstShown)
  return (
    <section className={classes.next} aria-labelledby="next-things">
      <h2 className={classes.heading} id="next-things">
        Next things to do
      </h2>
      {things.length === 0 && (
        <p className="dim">Nothing: every identity has its certificate, and none expires soon.</p>
      )}
      <ul className={classes.things}>
        {shown.map((thing) => (
          <li key={thing.handle}>
            <StateMark tone={thing.tone} word={words[thing.what][thing.tone]} />
            <span className={classes.thing}>
              <IdentityLink identity={thing} />
              <span className="dim">{thing.says}</span>
            </span>
            <Button size="xs" variant="default" aria-label={`${thing.verb}: ${thing.name}`} onClick={() => doIt(thing)}>
              {thing.verb}
            </Button>
          </li>
        ))}
      </ul>
      {things.length > shown.length && (
        <Anchor component="button" type="button" fz={12} onClick={() => setAll(true)}>
          Show all {things.length}
        </Anchor>
      )}
    </section>
  )
}
