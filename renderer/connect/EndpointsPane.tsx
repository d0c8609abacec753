import { ActionIcon, Anchor, Button, Loader, Switch, TextInput, Tooltip } from '@mantine/core'
import { IconPlayerPlay, IconRoute, IconSearch, IconTrash } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { Endpoint } from '../../shared/tls/kept-attempts.ts'
import { DateText } from '../parts/DateText.tsx'
import { EmptyState } from '../parts/EmptyState.tsx'
import { OutcomeMark } from '../parts/OutcomeMark.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { say } from '../parts/say.ts'
import { useToday } from '../parts/use-today.ts'
import { matches } from './endpoint-search.ts'
import { useEndpoints } from './endpoints-store.ts'
import classes from './Table.module.css'

type Props = { onOpen: (endpoint: Endpoint) => void }

/** Every address that was tested, with whose certificate, and how it stands. */
export function EndpointsPane({ onOpen }: Props) {
  const { endpoints, problem, running, refresh, testAll, cancel } = useEndpoints()
  const [wanted, setWanted] = useState('')
  useEffect(() => void refresh(), [refresh])

  if (!endpoints) return problem && <ProblemNote problem={problem} />
  if (endpoints.length === 0) {
    return (
      <EmptyState
        icon={IconRoute}
        title="No address was tested yet"
        says="Each address that you test is kept here with its last result, so that all of them can be tested again at once."
      />
    )
  }
  const shown = endpoints.filter((one) => matches(one, wanted))
  const done = [...(running?.results.values() ?? [])].filter(
    ({ state }) => state === 'tested' || state === 'not-tested',
  )
  return (
    <>
      {problem && <ProblemNote problem={problem} />}
      <div className={classes.bar}>
        <TextInput
          className={classes.grow}
          size="xs"
          aria-label="Find an endpoint"
          placeholder="Find by host, identity or result"
          leftSection={<IconSearch size={14} stroke={1.8} aria-hidden />}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
        {running ? (
          <>
            <span className="quiet number" role="status">
              {done.length} of {running.results.size} tested
            </span>
            <Button size="xs" variant="default" disabled={running.cancelling} onClick={() => void cancel()}>
              Cancel
            </Button>
          </>
        ) : (
          <Button
            size="xs"
            leftSection={<IconPlayerPlay size={14} stroke={1.8} aria-hidden />}
            disabled={shown.length === 0}
            onClick={() => void testAll(shown.map(({ id }) => id))}
          >
            {shown.length === endpoints.length ? `Test all ${endpoints.length}` : `Test these ${shown.length}`}
          </Button>
        )}
      </div>
      <table className="table" aria-label="Endpoints">
        <thead>
          <tr>
            <th scope="col">Address and identity</th>
            <th scope="col">Last result</th>
            <th scope="col">Tested</th>
            <th scope="col">Watched</th>
            <th scope="col">
              <span className="spoken">Forget</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => (
            <Row key={one.id} endpoint={one} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
      {shown.length === 0 && <p className="dim">No endpoint matches “{wanted}”.</p>}
    </>
  )
}

function Row({ endpoint, onOpen }: { endpoint: Endpoint; onOpen: Props['onOpen'] }) {
  const { id, host, port, identityName, last, failsSince, watched } = endpoint
  const today = useToday()
  const watch = useEndpoints((state) => state.watch)
  const forget = useEndpoints((state) => state.forget)
  const state = useEndpoints((now) => now.running?.results.get(id)?.state)
  const notTested = useEndpoints((now) => now.notTested.get(id))
  const address = port === 443 ? host : `${host}:${port}`
  // One address may stand here once for each identity.
  const called = identityName ? `${address} with “${identityName}”` : `${address} without a certificate`
  return (
    <tr>
      <th scope="row">
        <Anchor component="button" type="button" fz="inherit" onClick={() => onOpen(endpoint)}>
          {address}
        </Anchor>
        <div className="quiet">{identityName ?? 'without a certificate'}</div>
      </th>
      <td>
        {state === 'running' ? (
          <span className={classes.answer}>
            <Loader size={14} aria-hidden /> Testing …
          </span>
        ) : (
          <>
            <OutcomeMark outcome={last.outcome} />
            <div className="quiet">{notTested ? `Not tested just now: ${notTested}` : last.title}</div>
          </>
        )}
      </td>
      <td>
        <DateText iso={last.at} withTime />
        {failsSince && last.outcome !== 'accepted' && (
          <div className="quiet">
            fails since <DateText iso={failsSince} today={today} />
          </div>
        )}
      </td>
      <td className="narrow">
        <Switch
          size="xs"
          checked={watched}
          onChange={(event) => void watch(id, event.currentTarget.checked)}
          aria-label={`Test ${called} every day`}
        />
      </td>
      <td className="narrow">
        <Tooltip label="Forget with its history">
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={`Forget ${called}, and its history`}
            onClick={() => {
              void forget(id)
              say(`Forgotten: ${called}`)
            }}
          >
            <IconTrash size={15} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </td>
    </tr>
  )
}
