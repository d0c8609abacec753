import { IconChevronRight, IconFiles, IconId, IconLink, IconLinkOff, IconSquareCheckFilled } from '@tabler/icons-react'
import { draggedAs } from '../parts/drag-out.ts'
import { validityWords } from '../parts/validity-words.ts'
import { isPublic } from './drag-kinds.ts'
import { FindingMark, markWords } from './FindingMark.tsx'
import { orderSays } from './issuers.ts'
import { KindIcon } from './KindIcon.tsx'
import classes from './ObjectTree.module.css'
import { fileName, lineOf, titleOf } from './object-words.ts'
import type { Place, TreeRow } from './tree-rows.ts'

/** The element's id, by which the tree says where its cursor is. */
export const rowId = (row: TreeRow) => `tree-${row.id.replace(/[^\w.-]/g, '_')}`

/** What a row is called: by this it is found when one types. */
export function rowName(row: TreeRow): string {
  if (row.row === 'file') return fileName(row.file)
  return row.row === 'gap' ? row.name : titleOf(row.object)
}

/** Rows with a second line under their name. */
export const isTall = (row: TreeRow): boolean => row.row !== 'file' || row.order !== undefined

/** The second line of a row: what it is, and its file where no row above says it. */
function lineWords(row: TreeRow, today: Date): { says: string; file?: string } {
  if (row.row === 'gap')
    return { says: row.aboveCa ? 'Not dropped, which is usual for a root' : 'This issuer was not dropped' }
  if (row.row === 'file') return { says: row.order ? orderSays(row.order) : '' }
  const file = row.namesFile ? fileName(row.object.file) : undefined
  const says = [lineOf(row.object, today), row.order && orderSays(row.order)].filter(Boolean).join(' · ')
  return { says, ...(file !== rowName(row) && { file }) }
}

type RowProps = {
  row: TreeRow
  place: Place | undefined
  today: Date
  top: number
  height: number
  chosen: boolean
  picked: boolean
  belongsTo: string | undefined
  related: string | undefined
  onOpen: (open: boolean) => void
  onChoose: () => void
  onPick: () => void
  inspection: string
}

/** One line of the tree. */
export function ObjectRow(props: RowProps) {
  const { row, place, today, top, height, chosen, picked, belongsTo, related, onOpen, onChoose, onPick, inspection } =
    props
  const name = rowName(row)
  const { says, file } = lineWords(row, today)
  const object = row.row === 'object' ? row.object : null
  const dragged =
    object && isPublic(object) ? draggedAs({ what: 'object', inspection, object: object.id, format: 'pem' }) : {}
  const over = object && validityWords(object.facts, today)?.state === 'over'
  const count = row.row === 'file' ? `${row.count.toLocaleString()} objects` : undefined
  const heard = [
    belongsTo && `yours: ${belongsTo}`,
    related && `${related} of the opened one`,
    object && markWords(object),
    picked && 'marked to compare',
  ]
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
      className={classes.row}
      data-row={row.row}
      data-missed={(row.row === 'gap' && !row.aboveCa) || undefined}
      data-related={related ? true : undefined}
      style={{ transform: `translateY(${top}px)`, height, paddingLeft: 8 + (row.level - 1) * 16 }}
      onClick={(event) => (event.ctrlKey || event.metaKey ? onPick() : onChoose())}
      {...dragged}
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
        {row.row === 'file' && <IconFiles size={18} stroke={1.5} aria-hidden />}
        {row.row === 'gap' && <IconLinkOff size={18} stroke={1.5} aria-hidden />}
        {object && <KindIcon object={object} />}
      </span>
      <span className={classes.words}>
        <span className={classes.name} title={name}>
          {row.row === 'gap' && !row.aboveCa && 'Missing: '}
          <bdi>{name}</bdi>
        </span>
        {says && (
          <span className={classes.says} data-over={over || undefined} title={[says, file].filter(Boolean).join(' · ')}>
            {says}
            {file && <span className={classes.file}> · {file}</span>}
          </span>
        )}
      </span>
      {count && <span className={classes.count}>{count}</span>}
      {picked && <IconSquareCheckFilled className={classes.mine} size={16} aria-hidden />}
      {related && <IconLink className={classes.linked} size={15} stroke={1.8} aria-hidden />}
      {belongsTo && <IconId className={classes.mine} size={16} stroke={1.6} aria-hidden />}
      {object && <FindingMark row={object} />}
      <span className="spoken">{heard.filter(Boolean).join(', ')}</span>
    </div>
  )
}
