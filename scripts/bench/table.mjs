// @ts-check
// What the benches print, as a Markdown table.

/**
 * @typedef {object} Row
 * @property {string} name
 * @property {number} ours
 * @property {string} unit
 * @property {number} [theirs] the same measured of something bare, in the same run
 * @property {string} [against] what that was
 * @property {number} [ratio] ours / theirs when not given
 * @property {number} [goal] at most this ratio; without `theirs`, at most this many units
 */

/** @param {string} text a line that a bench printed @returns {Row | undefined} */
export function readRow(text) {
  if (!text.startsWith('{')) return undefined
  try {
    const row = JSON.parse(text)
    const whole = typeof row.name === 'string' && Number.isFinite(row.ours) && typeof row.unit === 'string'
    return whole ? row : undefined
  } catch {
    return undefined
  }
}

/** @param {number | undefined} value */
const short = (value) => (value === undefined ? '' : Number(value.toPrecision(3)).toString())

/** @param {Row} row @returns {{ measured: number, kept: boolean | undefined }} */
export function against({ ours, theirs, ratio, goal }) {
  const measured = ratio ?? (theirs ? ours / theirs : ours)
  return { measured, kept: goal === undefined ? undefined : measured <= goal }
}

/** @param {Row[]} rows */
export function table(rows) {
  const cells = rows.map((row) => {
    const { measured, kept } = against(row)
    const compared = row.ratio !== undefined || row.theirs !== undefined
    const goal = row.goal === undefined ? '' : compared ? `≤ ${row.goal}×` : `≤ ${row.goal} ${row.unit}`
    return [
      row.name,
      `${short(row.ours)} ${row.unit}`,
      row.theirs === undefined ? '' : `${short(row.theirs)} ${row.unit}${row.against ? ` (${row.against})` : ''}`,
      compared ? `${measured.toFixed(2)}×` : '',
      goal,
      kept === undefined ? '' : kept ? 'kept' : 'missed',
    ]
  })
  const head = ['what', 'ours', 'compared with', 'ratio', 'goal', '']
  const widths = head.map((title, at) => Math.max(title.length, 3, ...cells.map((row) => row[at]?.length ?? 0)))
  const draw = (/** @type {string[]} */ row) => `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`
  return [draw(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...cells.map(draw)]
}
