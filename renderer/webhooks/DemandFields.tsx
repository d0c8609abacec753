import { Button, Checkbox, Select } from '@mantine/core'
import { IconFolderOpen } from '@tabler/icons-react'
import { Field } from '../parts/Field.tsx'
import classes from './ListenPane.module.css'
import { useListen } from './listen-store.ts'
import { choiceValue, demandChoices, demandOf, withAuthority } from './setup-choices.ts'

const says: Record<string, string> = {
  any: 'Whatever is shown is taken. Open an arrival to look at it, and pin it.',
  pin: 'No other is taken, not even its renewal',
}

/** Which client certificates are let in. */
export function DemandFields({ providerName }: { providerName: string }) {
  const setup = useListen((state) => state.setup)
  const authorities = useListen((state) => state.authorities)
  const chosen = useListen((state) => state.chosen)
  const change = useListen((state) => state.change)
  const chooseCa = useListen((state) => state.chooseCa)
  const { demand, checkCrl, serveCrl } = setup
  const lists = demand.by === 'pem' ? (demand.pem.match(/BEGIN X509 CRL/g)?.length ?? 0) : 0
  return (
    <>
      <Select
        label="It demands certificates"
        description={says[demand.by]}
        data={demandChoices(providerName, authorities)}
        value={choiceValue(demand)}
        allowDeselect={false}
        onChange={(value) => value !== null && change({ demand: demandOf(value, demand) })}
      />
      {demand.by === 'pin' && (
        <Field
          label="Its SHA-256"
          mono
          placeholder="64 hex digits"
          value={demand.sha256}
          onChange={(value) =>
            change({
              demand: {
                by: 'pin',
                sha256: value
                  .toLowerCase()
                  .replace(/[^0-9a-f]/g, '')
                  .slice(0, 64),
              },
            })
          }
        />
      )}
      {(demand.by === 'pem' || demand.by === 'pin') && (
        <div className={classes.file}>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconFolderOpen size={15} stroke={1.6} aria-hidden />}
            onClick={() => void chooseCa()}
          >
            {demand.by === 'pin' ? 'Take it from a file' : demand.name === '' ? 'Choose the CA file' : 'Another file'}
          </Button>
          {demand.by === 'pem' && demand.name !== '' && <span>{demand.name}</span>}
          {chosen && (
            <ul className={classes.names}>
              {chosen.certificates.slice(0, 5).map((one) => (
                <li key={one.sha256}>{one.subject || one.sha256}</li>
              ))}
              {chosen.certificates.length > 5 && <li>and {chosen.certificates.length - 5} more</li>}
            </ul>
          )}
        </div>
      )}
      {(demand.by === 'authority' || lists > 0) && (
        <Checkbox
          label="Refuse whoever is revoked"
          description={demand.by === 'authority' ? 'By your current revocation list (CRL)' : 'By the lists in the file'}
          checked={checkCrl}
          onChange={(event) => change({ checkCrl: event.currentTarget.checked })}
        />
      )}
      {withAuthority(setup) && (
        <Checkbox
          label="Serve the revocation list (CRL)"
          description="Over plain http, on a port of this computer alone"
          checked={serveCrl}
          onChange={(event) => change({ serveCrl: event.currentTarget.checked })}
        />
      )}
    </>
  )
}
