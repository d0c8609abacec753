import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { builtProgram } from '../support/built-reader.ts'

const reminders = 60
/** `COUNTERSIGN_KILLS` asks for more of them, over as many reminders as that takes. */
const mostKills = Number(process.env.COUNTERSIGN_KILLS ?? 25)

it('loses no reminder to kill -9 at any moment, and shows none twice that was written down', async () => {
  const program = fileURLToPath(await builtProgram('test/support/reminder-program.ts'))
  const [kills, told, twice] = [0, 0, 0]
  const total = { kills, told, twice }
  while (total.kills < mostKills) {
    const folder = mkdtempSync(join(tmpdir(), 'killed-'))
    const shown = join(folder, 'shown.txt')
    let killed = 0
    for (let ended = false; !ended; ) {
      const child = spawn(process.execPath, [program, folder, shown, String(reminders)], {
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      let timer: NodeJS.Timeout | undefined
      // Not while Node itself is still starting: nothing can be lost there.
      child.stdout.once('data', () => {
        timer = setTimeout(() => child.kill('SIGKILL'), 2 + Math.random() * 70)
      })
      const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
      clearTimeout(timer)
      expect([0, null]).toContain(code)
      if (code === 0) ended = true
      else killed++
    }
    const lines = readFileSync(shown, 'utf8').trim().split('\n')
    const each = new Map<string, number>()
    for (const line of lines) for (const id of line.split(' ')) each.set(id, (each.get(id) ?? 0) + 1)
    expect(each.size).toBe(reminders)
    const again = [...each.values()].filter((times) => times > 1).length
    // Only the one that was being shown when the blow fell may come again.
    expect(lines.length - reminders).toBeLessThanOrEqual(killed)
    expect(Math.max(...each.values())).toBeLessThanOrEqual(1 + killed)
    total.kills += killed
    total.told += reminders
    total.twice += again
  }
  console.log(`${total.kills} kills over ${total.told} reminders: none lost, ${total.twice} shown twice`)
}, 600_000)
