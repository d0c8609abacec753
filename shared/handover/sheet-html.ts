import type { Sheet, SheetPart, SheetRow, SheetStep } from './sheet.ts'

/** Text for HTML, in an element or a quoted attribute. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** Fingerprints break between their groups, eight to a line; everything else wherever it must. */
const style = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
html { background: #fff; color: #1b2026; font: 9.5pt/1.45 'Noto Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif; }
body { max-width: 178mm; margin: 0 auto; padding: 8mm 0; }
@media print { body { max-width: none; padding: 0; } }
@media screen { body { padding: 12mm 6mm; } }
header { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 1mm 6mm; padding-bottom: 3mm; border-bottom: 1.5pt solid #1b2026; }
header p { margin: 0; }
.kind { width: 100%; color: #5a6570; font-size: 8.5pt; }
h1 { flex: 1 1 90mm; margin: 0; font-size: 17pt; line-height: 1.2; font-weight: 600; overflow-wrap: anywhere; }
.where { width: 100%; font-size: 10.5pt; overflow-wrap: anywhere; }
.state { color: #1b2026; font-weight: 600; align-self: end; }
section { margin-top: 5.5mm; break-inside: avoid-page; }
h2 { margin: 0 0 1.2mm; font-size: 11pt; line-height: 1.3; font-weight: 600; break-after: avoid; }
section > p { margin: 0 0 1.5mm; color: #5a6570; overflow-wrap: anywhere; }
dl, ol { margin: 0; padding: 0; list-style: none; border-top: .5pt solid #c9d0d6; }
dl > div, li { display: grid; grid-template-columns: 44mm minmax(0, 1fr); gap: 0 4mm; padding: 1mm 0; border-bottom: .5pt solid #e3e7ea; break-inside: avoid; }
dt { color: #5a6570; overflow-wrap: anywhere; }
dd { margin: 0; overflow-wrap: anywhere; }
dd span { display: block; }
.mono, .fingerprint { font-family: 'Noto Sans Mono', 'Cascadia Mono', Consolas, Menlo, monospace; font-size: 9pt; }
li { grid-template-columns: 4mm minmax(0, 1fr) auto; gap: 0 2.5mm; }
.box { width: 3.2mm; height: 3.2mm; margin-top: .9mm; border: .75pt solid #1b2026; border-radius: .5mm; }
.box svg { display: block; width: 100%; height: 100%; }
li.not-needed .what { color: #5a6570; text-decoration: line-through; }
.what { overflow-wrap: anywhere; }
.told { color: #5a6570; text-align: right; max-width: 60mm; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
`

const check =
  '<svg viewBox="0 0 10 10" aria-hidden="true"><path d="M1.8 5.4 4.2 7.8 8.4 2.4" fill="none" stroke="#1b2026" stroke-width="1.4"/></svg>'
const dash =
  '<svg viewBox="0 0 10 10" aria-hidden="true"><path d="M2.4 5h5.2" fill="none" stroke="#5a6570" stroke-width="1.2"/></svg>'

/**
 * A page that stands by itself: no script, no image, nothing loaded. Everything in it that is not ours is escaped, and its
 * policy would stop what got through.
 */
export function sheetHtml(sheet: Sheet): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width">
<meta name="generator" content="Countersign">
<title>${escapeHtml(sheet.title)}</title>
<style>${style}</style>
</head>
<body>
<header>
<p class="kind">Onboarding sheet, as of ${escapeHtml(sheet.madeOn)}</p>
<h1>${escapeHtml(sheet.name)}</h1>
<p class="state">${escapeHtml(sentence(sheet.state))}</p>
<p class="where">${escapeHtml(sheet.where)}</p>
</header>
<main>
${sheet.parts.map(part).join('\n')}
</main>
</body>
</html>
`
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

const part = ({ title, says, rows = [], steps = [] }: SheetPart): string => `<section>
<h2>${escapeHtml(title)}</h2>${says ? `\n<p>${escapeHtml(says)}</p>` : ''}
${rows.length > 0 ? `<dl>\n${rows.map(row).join('\n')}\n</dl>` : ''}${steps.length > 0 ? `<ol>\n${steps.map(step).join('\n')}\n</ol>` : ''}
</section>`

const row = ({ label, values, form }: SheetRow): string =>
  `<div><dt>${escapeHtml(label)}</dt><dd>${values.map((value) => valueLines(value, form)).join('')}</dd></div>`

/** Half of a fingerprint a line: 8 groups of 4. */
function valueLines(value: string, form: SheetRow['form']): string {
  const lines = form === 'fingerprint' ? (value.match(/(?:\S+ ?){1,8}/g) ?? [value]) : [value]
  return lines.map((line) => `<span${form ? ` class="${form}"` : ''}>${escapeHtml(line.trimEnd())}</span>`).join('')
}

function step({ title, state, day, to }: SheetStep): string {
  const told = [state, day ?? '', to ? `to ${to}` : ''].filter(Boolean).join(', ')
  const glyph = { done: check, open: '', 'not needed': dash }[state]
  return `<li class="${state.replace(' ', '-')}"><span class="box">${glyph}</span><span class="what">${escapeHtml(title)}</span><span class="told">${escapeHtml(told)}</span></li>`
}
