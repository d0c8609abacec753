import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react'
import type { Finding } from '../../shared/findings.ts'
import classes from './ObjectTree.module.css'

/** The worst finding of an object as a mark at the end of its row. Notes are not worth one. */
export function FindingMark({ findings }: { findings: readonly Finding[] }) {
  const refuses = findings.find((finding) => finding.severity === 'refuses')
  const worst = refuses ?? findings.find((finding) => finding.severity === 'warns')
  if (!worst) return null
  const Glyph = refuses ? IconCircleX : IconAlertTriangle
  return (
    <span className={refuses ? classes.refuses : classes.warns} title={worst.message}>
      <Glyph size={16} stroke={1.7} aria-hidden />
    </span>
  )
}
