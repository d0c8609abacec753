import { IconChevronRight, IconFiles, IconId, IconLink } from '@tabler/icons-react'
import { validityWords } from '../parts/validity-words.ts'
import { FindingMark } from './FindingMark.tsx'
import { KindIcon } from './KindIcon.tsx'
import classes from './ObjectTree.module.css'
import type { Place, TreeRow } from './object-tree.ts'
import { fileName, lineOf, titleOf } from './object-words.ts'

/** The element's id, by which the tree says where its cursor is. */
export const rowId = (row: TreeRow) => `tree-${row.id.replace(/[^\w.-]/g, '_')}`

/** The words of a row: its name, what it is, and its file where no row above says it. */
function wordsOf(row: TreeRow, today: Date): { name: string; says: string; file?: string } {
  if (row.row === 'file') return { name: fileName(row.file), says: `${row.count} objects` }
  const name = titleOf(row.object)
  const file = row.file === undefined ? undefined : fileName(row.file)
  return { name, says: lineOf(row.object, today), ...(file !== name && { file }) }
}

type RowProps = {
  row: TreeRow
  place: Place | undefined
  today: Date
  top: number
  height: number
  chosen: boolean
  belongsTo: string | undefined
  related: string | undefined
  onOpen: (open: boolean) => void
  onChoose: () => void
}

/** One line of the tree. */
export function ObjectRow({ row, place, today, top, height, chosen, belongsTo, related, onOpen, onChoose }: RowProps) {
  const { name, says, file } = wordsOf(row, today)
  const over = row.row === 'object' && validityWords(row.object.facts, today)?.state === 'over'
  const label = [name, says, file, belongsTo && `yours: ${belongsTo}`, related && `${related} of the opened one`]
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys for its rows, which never have the focus
    // biome-ignore lint/a11y/useFocusableInteractive: as above
    <div
      id={rowId(row)}
      role="treeitem"
      aria-level={row.level}
      aria-posinset={place?.at}
      aria-setsize={place?.of}
      aria-selected={chosen}
      aria-expanded={row.open}
      aria-label={label.filter(Boolean).join(', ')}
      className={classes.row}
      data-row={row.row}
      data-related={related ? true : undefined}
      style={{ transform: `translateY(${top}px)`, height, paddingLeft: 8 + (row.level - 1) * 16 }}
      onClick={onChoose}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: for the mouse only: the arrow keys open and close */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
      <span
        className={classes.twist}
        data-open={row.open}
        data-none={row.open === undefined || undefined}
        onClick={(event) => {
          if (row.open === undefined) return
          event.stopPropagation()
          onOpen(!row.open)
        }}
      >
        {row.open !== undefined && <IconChevronRight size={14} aria-hidden />}
      </span>
      <span className={classes.icon}>
        {row.row === 'file' ? <IconFiles size={18} stroke={1.5} aria-hidden /> : <KindIcon object={row.object} />}
      </span>
      <span className={classes.words}>
        <span className={classes.name} title={name}>
          <bdi>{name}</bdi>
        </span>
        {row.row === 'object' && (
          <span className={classes.says} data-over={over || undefined} title={[says, file].filter(Boolean).join(' · ')}>
            {says}
            {file && <span className={classes.file}> · {file}</span>}
          </span>
        )}
      </span>
      {row.row === 'file' && <span className={classes.count}>{says}</span>}
      {related && <IconLink className={classes.linked} size={15} stroke={1.8} aria-hidden />}
      {belongsTo && <IconId className={classes.mine} size={16} stroke={1.6} aria-hidden />}
      {row.row === 'object' && <FindingMark findings={row.object.findings} />}
    </div>
  )
}
