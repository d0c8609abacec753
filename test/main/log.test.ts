import { mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createLog, describeBug } from '../../electron/log.ts'

it('writes where something broke, but not the message, which may quote a secret', () => {
  const folder = mkdtempSync(join(tmpdir(), 'log-'))
  createLog(folder).bug('call exportIdentity', new TypeError('passphrase hunter2\n    at hunter2 is wrong'))
  const text = readFileSync(join(folder, 'countersign.log'), 'utf8')
  expect(text).toContain('bug in call exportIdentity: TypeError')
  expect(text).toContain('log.test.ts')
  expect(text).not.toContain('hunter2')
})

it('keeps the log for its user alone and within bounds', () => {
  const folder = mkdtempSync(join(tmpdir(), 'log-'))
  const log = createLog(folder)
  for (let line = 0; line < 1200; line++) log.note('x'.repeat(1000))
  expect(statSync(join(folder, 'countersign.log')).size).toBeLessThan(600 * 1024)
  expect(statSync(join(folder, 'countersign.log')).mode & 0o777).toBe(0o600)
})

it('describes what is not an Error by its kind only', () => {
  expect(describeBug('hunter2')).toBe('a thrown string')
})
