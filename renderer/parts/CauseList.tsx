import { Anchor, UnstyledButton } from '@mantine/core'
import { IconChevronRight, IconMinus, IconPlus } from '@tabler/icons-react'
import { useId, useState } from 'react'
import type { Verdict } from '../../shared/tls/attempt.ts'
import { type CauseCode, catalogue } from '../../shared/tls/failures.ts'
import classes from './CauseList.module.css'
import { showGuide } from './guide-panel.ts'

type Cause = Verdict['causes'][number]

/** A cause that has no words of its own, such as a file’s, is told by its evidence. */
const titleOf = ({ code, because }: Cause): string =>
  Object.hasOwn(catalogue, code) ? catalogue[code as CauseCode].title : because

const certainties = { proven: 'proven', likely: 'likely', possible: 'possible' } as const

/** The causes that the facts leave open, likeliest first; each opens to what speaks for it and what against it. */
export function CauseList({ causes }: { causes: readonly Cause[] }) {
  return (
    <section aria-label="Causes, likeliest first">
      <h3>{causes.length === 1 ? 'Why' : 'Why, likeliest first'}</h3>
      <ol className={classes.list}>
        {causes.map((cause) => (
          <CauseRow key={cause.code} cause={cause} />
        ))}
      </ol>
    </section>
  )
}

function CauseRow({ cause }: { cause: Cause }) {
  const [open, setOpen] = useState(false)
  const evidence = useId()
  const speaksFor = cause.for ?? [cause.because]
  return (
    <li className={classes.cause} data-code={cause.code}>
      <UnstyledButton
        className={classes.head}
        aria-expanded={open}
        aria-controls={evidence}
        onClick={() => setOpen(!open)}
      >
        <IconChevronRight className={classes.chevron} size={14} aria-hidden />
        <span className={classes.because}>{titleOf(cause)}</span>
        {cause.certainty && (
          <span className={classes.certainty} data-certainty={cause.certainty}>
            {certainties[cause.certainty]}
          </span>
        )}
      </UnstyledButton>
      {open && (
        <div id={evidence} className={classes.evidence}>
          <ul>
            {speaksFor.map((line) => (
              <li key={line}>
                <IconPlus size={13} stroke={2} role="img" aria-label="For" />
                {line}
              </li>
            ))}
            {(cause.against ?? []).map((line) => (
              <li key={line} className="dim">
                <IconMinus size={13} stroke={2} role="img" aria-label="Against" />
                {line}
              </li>
            ))}
          </ul>
          {cause.next && <p className={classes.next}>{cause.next}</p>}
          <p className="quiet">
            <span className="mono">{cause.code}</span>{' '}
            <Anchor
              component="button"
              type="button"
              fz={12}
              c="inherit"
              onClick={() => showGuide(`verdicts#${cause.code}`)}
            >
              Read about this
            </Anchor>
          </p>
        </div>
      )}
    </li>
  )
}
