import { Anchor } from '@mantine/core'
import { type Icon, IconAlertTriangle, IconCircleX, IconInfoCircle } from '@tabler/icons-react'
import type { Finding, Severity } from '../../shared/findings.ts'
import classes from './FindingList.module.css'
import { showGuide } from './guide-panel.ts'

const look: Record<Severity, { icon: Icon; word: string }> = {
  refuses: { icon: IconCircleX, word: 'Will be refused' },
  warns: { icon: IconAlertTriangle, word: 'Warning' },
  notes: { icon: IconInfoCircle, word: 'Note' },
}
const order: Severity[] = ['refuses', 'warns', 'notes']

type FindingListProps = {
  findings: readonly Finding[]
  /** Opens the source of a rule; without it the source is named only. */
  openSource?: (finding: Finding) => void
}

/** What is worth telling about an object, worst first: shape and word, not colour alone. */
export function FindingList({ findings, openSource }: FindingListProps) {
  const sorted = order.flatMap((severity) => findings.filter((finding) => finding.severity === severity))
  if (sorted.length === 0) return null
  return (
    <ul className={classes.list} aria-label="Findings">
      {sorted.map((finding) => {
        const { icon: Glyph, word } = look[finding.severity]
        return (
          <li
            key={`${finding.code} ${finding.message}`}
            className={classes.finding}
            data-finding={finding.code}
            data-severity={finding.severity}
          >
            <Glyph size={16} stroke={1.8} aria-hidden />
            <div className={classes.body}>
              <button
                type="button"
                className={classes.about}
                title={`Read about this: ${finding.code}`}
                onClick={() => showGuide(`findings#${finding.code}`)}
              >
                {word}
              </button>
              {': '}
              {finding.message}
              {finding.next && <span className={classes.next}>{finding.next}</span>}
              {finding.source && (
                <span className={`quiet ${classes.source}`}>
                  Rule:{' '}
                  {openSource && finding.source.url ? (
                    <Anchor component="button" type="button" fz={12} onClick={() => openSource(finding)}>
                      {finding.source.title}
                    </Anchor>
                  ) : (
                    finding.source.title
                  )}
                </span>
              )}
            </div>
          </li>
        )
      })}
    </ul>
  )
}
