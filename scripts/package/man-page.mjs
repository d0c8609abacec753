// @ts-check
// The man page: what `--help` says, of the command and of each of its commands, so that it cannot say anything else.

import { join } from 'node:path'
import { run } from '../run.mjs'
import { Refusal } from '../say.mjs'
import { packageVersion } from './linux-files.mjs'

/** Text as roff prints it: nothing in it is a request. @param {string} text */
const escaped = (text) =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/gm, '\\&$1')
    .replaceAll('“', '\\(lq')
    .replaceAll('”', '\\(rq')
    .replaceAll('’', '\\(cq')
    .replaceAll('…', '...')

/** @param {string} text kept line by line */
const asItStands = (text) => `.nf\n${escaped(text.trim())}\n.fi\n`

/**
 * @param {{ project: string, name: string, app: import('./description.mjs').Description, version: string, date: Date }} what
 */
export async function manPage({ project, name, app, version, date }) {
  const help = async (/** @type {string[]} */ ...words) => {
    const ended = await run(process.execPath, [join(project, 'out', 'main', 'cli.js'), ...words, '--help'], {
      cwd: project,
    })
    if (ended.code !== 0)
      throw new Refusal(`${name} ${words.join(' ')} --help ended with ${ended.code}`, [ended.stderr])
    return ended.stdout
  }
  const overview = await help()
  const commands = [...overview.matchAll(/^ {2}([a-z][a-z-]*) {2,}\S/gm)].map(([, command = '']) => command)
  const pages = []
  for (const command of commands) pages.push(`.SS ${escaped(command)}\n${asItStands(await help(command))}`)
  const day = date.toISOString().slice(0, 10)
  return `.TH ${name.toUpperCase()} 1 "${day}" "${app.productName} ${packageVersion(version)}" "User Commands"
.SH NAME
${name} \\- ${escaped(app.linux.synopsis.replace(/^Mutual/, 'mutual'))}
.SH SYNOPSIS
.B ${name}
.I command
.RI [ options ]
.SH DESCRIPTION
${asItStands(overview)}.SH COMMANDS
${pages.join('')}.SH FILES
.TP
.I ~/.config/${app.productName}
The vault and the settings of the app, which removing the package leaves alone.
.TP
.I /usr/share/doc/${name}/copyright
Whose work this is, and under which terms.
`
}
