import { Checkbox, Select, TextInput } from '@mantine/core'
import type { ImportRow } from '../../shared/calls/imports.ts'
import { keyLabel } from '../../shared/pki/key-labels.ts'
import { useDesk } from '../desk.ts'
import { dayText } from '../parts/dates.ts'
import { IdentityLink } from '../parts/IdentityLink.tsx'
import classes from './ImportPane.module.css'
import { type Choice, choose } from './import-store.ts'

/** What was found for one key, in a sentence. */
function foundWords({ key, notAfter, hasRequest, chain, older }: ImportRow): string {
  const chainWords = chain === 0 ? '' : chain === 1 ? ', with its issuer' : `, with ${chain} issuers`
  const certificate = notAfter
    ? `certificate until ${dayText(notAfter)}${chainWords}`
    : hasRequest
      ? 'no certificate yet'
      : 'no certificate and no request: one is made'
  const more =
    older === 0 ? '' : older === 1 ? '; an older certificate stays behind' : `; ${older} older ones stay behind`
  return `${keyLabel[key]} key, ${certificate}${notAfter && !hasRequest ? ', request made anew' : ''}${more}`
}

/** One row of the preview: is it taken, what is it called, whose rules apply. */
export function ImportRowPart({ row, choice }: { row: ImportRow; choice: Choice }) {
  const providers = useDesk((state) => state.providers)
  const environments = providers.find(({ profile }) => profile.id === choice.provider)?.profile.environments ?? []
  const { id, known, isCa, files, subject, guessed } = row
  return (
    <li className={classes.row} data-taken={choice.taken || undefined}>
      <Checkbox
        aria-label={`Import ${choice.name}`}
        checked={choice.taken}
        disabled={known !== null}
        onChange={(event) => choose(id, { taken: event.currentTarget.checked })}
        mt={8}
      />
      <div className={classes.fields}>
        <TextInput
          aria-label="Name in Countersign"
          value={choice.name}
          onChange={(event) => choose(id, { name: event.currentTarget.value })}
          maxLength={120}
          disabled={known !== null}
          className={classes.nameField}
        />
        <Select
          aria-label={`Provider of ${choice.name}`}
          data={providers.map(({ profile }) => ({ value: profile.id, label: profile.name }))}
          value={choice.provider}
          onChange={(provider) => {
            const first = providers.find(({ profile }) => profile.id === provider)?.profile.environments[0]
            if (provider && first) choose(id, { provider, environment: first.id })
          }}
          allowDeselect={false}
          disabled={known !== null}
          className={classes.pickField}
        />
        <Select
          aria-label={`Environment of ${choice.name}`}
          data={environments.map((one) => ({ value: one.id, label: one.name }))}
          value={choice.environment}
          onChange={(environment) => environment && choose(id, { environment })}
          allowDeselect={false}
          disabled={known !== null}
          className={classes.pickField}
        />
      </div>
      <div className={classes.about}>
        {known && (
          <p className={classes.known}>
            {known.binned ? (
              <>In the bin as “{known.name}”: restore it there.</>
            ) : (
              <>
                Here already as <IdentityLink identity={known} />. A new certificate for it is attached on its page.
              </>
            )}
          </p>
        )}
        {isCa && !known && (
          <p className={classes.known}>An authority (CA): it signs others, and calls nobody itself.</p>
        )}
        <p className={classes.found}>
          {foundWords(row)}.{guessed && ' Provider and environment follow from the common name.'}
        </p>
        <p className={classes.from}>
          {subject && <span>{subject} · </span>}
          <span className="mono">{files.join(', ')}</span>
        </p>
      </div>
    </li>
  )
}
