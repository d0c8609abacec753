import { mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeAtomically } from '../../electron/files.ts'
import { aclCommand } from '../../electron/windows-acl.ts'

// The command is not run here: there is no Windows among the computers that the tests know.
describe('the permissions of a key file on Windows', () => {
  const user = { systemRoot: 'C:\\Windows', domain: 'ACME', user: 'Jane Doe' }

  it('are taken from the folder and given to the user alone, by a program named by its full path', () => {
    expect(aclCommand('C:\\Users\\jane\\acme live.p12', user)).toEqual({
      file: 'C:\\Windows\\System32\\icacls.exe',
      args: ['C:\\Users\\jane\\acme live.p12', '/inheritance:r', '/grant:r', 'ACME\\Jane Doe:F', '/Q'],
    })
  })

  it('name the user alone where there is no domain', () => {
    expect(aclCommand('D:\\a.key', { ...user, domain: '' }).args).toContain('Jane Doe:F')
  })

  it.each(['C:\\%TEMP%\\a&b.key', 'C:\\a" & calc & ".key', '\\\\server\\share\\$(x).key'])(
    'leave a path as it is, because no shell sees it: %s',
    (path) => {
      const { args } = aclCommand(path, user)
      expect([args[0], args.length]).toEqual([path, 5])
    },
  )

  it('are set before anything is in the file', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'acl-')), 'a.key')
    const seen: number[] = []
    await writeAtomically(path, 'key', { beforeContent: async (part) => void seen.push(statSync(part).size) })
    expect([seen, readFileSync(path, 'utf8')]).toEqual([[0], 'key'])
  })
})
