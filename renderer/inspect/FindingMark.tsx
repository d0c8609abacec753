import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react'
import type { ObjectRow } from '../../shared/pki/inspect-calls.ts'
import classes from './ObjectTree.module.css'
import { isBroken } from './row-search.ts'

/** The gravest finding of an object as a mark at the end of its row. Notes are not worth one. */
export function FindingMark({ row }: { row: ObjectRow }) {
  const refuses = row.worst === 'refuses' || isBroken(row)
  if (!refuses && row.worst !== 'warns') return null
  const Glyph = refuses ? IconCircleX : IconAlertTriangle
  return (
    <span className={refuses ? classes.refuses : classes.warns} title={markWords(row)}>
      <Glyph size={16} stroke={1.7} aria-hidden />
    </span>
  )
}

/** The mark in words, for those who hear the row: `will be refused, 2 findings`. */
export function markWords(row: ObjectRow): string {
  const { worst, findings, problem } = row
  if (problem && isBroken(row)) return problem.title
  if (worst === null || worst === 'notes') return ''
  const count = findings === 1 ? '1 finding' : `${findings} findings`
  return `${worst === 'refuses' ? 'Will be refused' : 'Warning'}, ${count}`
}
