import { Button, Loader, Switch } from '@mantine/core'
import { IconArrowsExchange, IconArrowsLeftRight, IconEqual, IconEqualNot } from '@tabler/icons-react'
import { Fragment, useState } from 'react'
import type { ComparedField, Comparison } from '../../shared/pki/inspect-calls.ts'
import { desk, useDesk } from '../desk.ts'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { useAnswer } from '../parts/use-answer.ts'
import { visibleStart } from '../parts/visible-text.ts'
import classes from './ComparePane.module.css'
import { fieldValues, fieldWord, groupWords } from './compare-fields.ts'
import { type Pair, useInspect } from './inspect-store.ts'
import type { Listing } from './listing.ts'
import { originOf } from './object-choices.ts'
import { kindWords } from './object-words.ts'

const groups = Object.keys(groupWords) as ComparedField['group'][]
/** Thousands of alternative names are counted, not shown. */
const mostValues = 40

/** Two objects field by field: what differs, and what that means. */
export function ComparePane({ pair, listing }: { pair: Pair; listing: Listing }) {
  const identities = useDesk((state) => state.identities)
  const compare = useInspect((state) => state.compare)
  const close = useInspect((state) => state.closeComparison)
  const { answered, isLate } = useAnswer(JSON.stringify(pair), () => desk.compareObjects(pair))
  return (
    <article className={classes.pane} aria-label="Comparison">
      <div className={classes.head}>
        <p className={classes.kind}>
          <IconArrowsLeftRight size={16} stroke={1.6} aria-hidden />
          Comparison
        </p>
        <div className={classes.actions}>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconArrowsExchange size={15} stroke={1.6} aria-hidden />}
            onClick={() => compare({ a: pair.b, b: pair.a })}
          >
            Swap
          </Button>
          <Button size="xs" variant="default" onClick={close}>
            Close
          </Button>
        </div>
      </div>
      {(!answered || isLate) && isLate && <Loader size={16} aria-label="Comparing" />}
      {answered && !answered.answer.ok && <ProblemNote problem={answered.answer.problem} />}
      {answered?.answer.ok && (
        <Compared
          comparison={answered.answer.value}
          origins={[pair.a, pair.b].map((ref) => originOf(ref, listing, identities))}
        />
      )}
    </article>
  )
}

function Compared({ comparison, origins }: { comparison: Comparison; origins: readonly string[] }) {
  const { a, b, says, fields } = comparison
  const [all, setAll] = useState(false)
  const same = fields.filter((field) => field.same).length
  const shown = all ? fields : fields.filter((field) => !field.same)
  const heads = [a, b].map(({ kind, name }, at) => ({
    kind: [kindWords[kind].plain, origins[at]].filter(Boolean).join(' · '),
    name: visibleStart(name, 160),
  }))
  return (
    <>
      <h2 className={classes.headline}>
        <bdi>{says}</bdi>
      </h2>
      <div className={classes.bar}>
        <Switch
          label="Only differences"
          checked={!all}
          onChange={(event) => setAll(!event.currentTarget.checked)}
          size="sm"
        />
        <span className="quiet" role="status">
          {(fields.length - same).toLocaleString()} differ, {same.toLocaleString()} are the same
        </span>
      </div>
      {shown.length === 0 ? (
        <p className="dim">No field differs.</p>
      ) : (
        <table className={`table ${classes.table}`} aria-label="Fields">
          <thead>
            <tr>
              <th scope="col">Field</th>
              {heads.map(({ kind, name }, at) => (
                <th scope="col" key={at === 0 ? 'a' : 'b'}>
                  <span className={classes.name}>
                    <bdi>{name}</bdi>
                  </span>
                  <span className={classes.what}>{kind}</span>
                </th>
              ))}
              <th scope="col" className={classes.meaning}>
                What it means
              </th>
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => {
              const rows = shown.filter((field) => field.group === group)
              if (rows.length === 0) return null
              return (
                <Fragment key={group}>
                  <tr className={classes.group}>
                    <th scope="rowgroup" colSpan={4}>
                      {groupWords[group]}
                    </th>
                  </tr>
                  {rows.map((field) => (
                    <Row key={field.field} field={field} heads={heads} />
                  ))}
                </Fragment>
              )
            })}
          </tbody>
        </table>
      )}
    </>
  )
}

function Row({ field, heads }: { field: ComparedField; heads: { kind: string; name: string }[] }) {
  const Glyph = field.same ? IconEqual : IconEqualNot
  const values = [fieldValues(field, field.a), fieldValues(field, field.b)]
  return (
    <tr className={classes.row} data-same={field.same}>
      <th scope="row">
        <Glyph size={14} stroke={1.8} role="img" aria-label={field.same ? 'same' : 'differs'} />
        {fieldWord(field)}
      </th>
      {values.map((value, at) => (
        <td key={at === 0 ? 'a' : 'b'} data-head={heads[at]?.name} className="mono">
          <Values values={value} others={field.same ? undefined : values[1 - at]} />
        </td>
      ))}
      <td className={classes.says}>{field.says}</td>
    </tr>
  )
}

/** The values of one side; those that the other side lacks are marked. */
function Values({ values, others }: { values: readonly string[]; others: readonly string[] | undefined }) {
  if (values.length === 0) return <span className="dim">none</span>
  const known = new Set(others)
  return (
    <>
      {values.slice(0, mostValues).map((value, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same value may stand twice
        <div key={at} className={others && others.length > 0 && !known.has(value) ? classes.differs : undefined}>
          <bdi>{visibleStart(value, 600)}</bdi>
        </div>
      ))}
      {values.length > mostValues && (
        <div className="dim">… and {(values.length - mostValues).toLocaleString()} more</div>
      )}
    </>
  )
}
