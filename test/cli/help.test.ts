import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { countersign } from '../support/cli.ts'

const cwd = mkdtempSync(join(tmpdir(), 'cli-help-'))
afterAll(() => rmSync(cwd, { recursive: true }))
const help = (...topic: string[]) => countersign(['help', ...topic], { cwd })

describe('countersign help', () => {
  it('prints the paragraph of a problem by its code', async () => {
    const { code, out } = await help('backup.newer')
    expect(code).toBe(0)
    expect(out).toMatch(/^Restore\n/)
    expect(out).toContain('written by a newer Countersign')
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThan(90)
  })

  it('prints the row of a finding or a verdict by its code', async () => {
    expect((await help('certificate.expired')).out).toMatch(/^certificate\.expired \| refuses, warns \| It has expired/)
    expect((await help('client.untrusted-issuer')).out).toContain('does not trust the authority')
  })

  it('prints a whole page, and a paragraph of it', async () => {
    const page = await help('bring-home')
    expect(page.out).toContain('Bring the certificate home')
    expect(page.out).toContain('The wrong file came back')
    expect((await help('vault#restore')).out).toMatch(/^Restore\n/)
  })

  it('names the paragraphs that hold the words', async () => {
    const { code, out } = await help('revocation', 'list')
    expect(code).toBe(0)
    expect(out).toContain("countersign help 'sign#revocation-lists'")
  })

  it('still tells what a command takes', async () => {
    expect((await help('inspect')).out).toMatch(/^countersign inspect FILE/)
  })

  it('says so where there is neither a command nor a word of it', async () => {
    const { code, err } = await help('xyzzyqwv')
    expect(code).toBe(2)
    expect(err).toContain('nothing in the guide called “xyzzyqwv”')
  })
})
