import { bundleRows } from './bundle-rows.ts'
import { fileRows } from './file-rows.ts'
import { furtherRows } from './further-rows.ts'
import { keyRows } from './key-rows.ts'
import { refusalRows } from './refusal-rows.ts'
import type { Row } from './row.ts'
import { serverRows } from './server-rows.ts'
import { wayRows } from './way-rows.ts'

/** Every mistake and its texts. Within one text that fits several, the commoner mistake stands first. */
export const rows: readonly Row[] = [
  ...fileRows,
  ...keyRows,
  ...bundleRows,
  ...refusalRows,
  ...serverRows,
  ...wayRows,
  ...furtherRows,
]
