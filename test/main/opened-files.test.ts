import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { codeOf, openTestDesk, value } from '../support/test-means.ts'

const kinds = join(import.meta.dirname, '..', 'fixtures', 'kinds')

describe('files that the desktop opened with the app', () => {
  it('are inspected under the name that main gave them, once', async () => {
    const desk = openTestDesk()
    const opened = desk.means.openedFiles.keep([join(kinds, 'client.crt'), join(kinds, 'absent.crt')])
    const source = { from: 'opened', opened } as const
    const { inspection } = value(await desk.call('startInspection', { work: 'inspect-1', source }))
    expect(inspection?.rows.map(({ kind }) => kind)).toContain('certificate')
    expect(JSON.stringify(inspection)).not.toContain(kinds)
    expect(codeOf(await desk.call('startInspection', { work: 'inspect-2', source }))).toBe('file.not-kept')
  })
})
