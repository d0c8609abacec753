import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { menuTemplate } from '../../electron/menu.ts'
import { fitPlace } from '../../electron/window-place.ts'
import { builtInProfiles } from '../../shared/providers/registry.ts'
import { ok, refuse } from '../../shared/result.ts'
import { codeOf, openTestDesk, type TestDesk, value } from '../support/test-means.ts'

const ownProfile = {
  ...structuredClone(builtInProfiles.find(({ id }) => id === 'truv')!),
  id: 'own-bank',
  name: 'Own Bank',
}
const contents = (profile: unknown) => ({
  from: 'contents' as const,
  files: [{ name: 'own.json', bytes: new TextEncoder().encode(JSON.stringify(profile)) }],
})
const ids = async (desk: TestDesk) =>
  value(await desk.call('listProviders', {})).providers.map(({ profile, builtIn }) => `${profile.id} ${builtIn}`)

describe('providers of the user’s own', () => {
  it('are added from a file, kept, listed, and removed', async () => {
    const desk = openTestDesk()
    const path = join(desk.folder, 'own.json')
    writeFileSync(path, JSON.stringify(ownProfile))
    expect(value(await desk.call('addProvider', { from: 'paths', paths: [path] })).entry).toMatchObject({
      builtIn: false,
    })
    expect(await ids(desk)).toContain('own-bank false')
    expect(JSON.parse(readFileSync(join(desk.folder, 'providers', 'own-bank.json'), 'utf8')).name).toBe('Own Bank')
    value(await desk.call('removeProvider', { provider: 'own-bank' }))
    expect(await ids(desk)).not.toContain('own-bank false')
  })

  it('are refused by the name of the wrong field, and change nothing', async () => {
    const desk = openTestDesk()
    const before = await ids(desk)
    const wrong = { ...ownProfile, keys: { ...ownProfile.keys, recommended: 'rsa-1024' } }
    expect(await desk.call('addProvider', contents(wrong))).toMatchObject({
      problem: { code: 'provider.file-wrong', name: 'own.json', field: 'keys.recommended' },
    })
    expect(await ids(desk)).toEqual(before)
  })

  it('do not take the place of a built-in one, which cannot be removed either', async () => {
    const desk = openTestDesk()
    expect(await desk.call('addProvider', contents({ ...ownProfile, id: 'truv' }))).toEqual(
      refuse({ code: 'provider.id-taken', id: 'truv' }),
    )
    expect(codeOf(await desk.call('removeProvider', { provider: 'truv' }))).toBe('provider.built-in')
    expect(codeOf(await desk.call('removeProvider', { provider: '../vault' }))).toBe('plan.provider-unknown')
  })

  it('that became unreadable are left out; the others stay', async () => {
    const desk = openTestDesk()
    mkdirSync(join(desk.folder, 'providers'))
    writeFileSync(join(desk.folder, 'providers', 'broken.json'), '{')
    writeFileSync(join(desk.folder, 'providers', 'own-bank.json'), JSON.stringify(ownProfile))
    expect(await ids(desk)).toEqual([...builtInProfiles.map(({ id }) => `${id} true`), 'own-bank false'])
  })
})

describe('pages in the browser', () => {
  it('are opened by topic: a source, or where to submit', async () => {
    const desk = openTestDesk()
    value(await desk.call('openPage', { topic: 'provider-source', provider: 'truv', source: 'mtls' }))
    value(await desk.call('openPage', { topic: 'provider-submit', provider: 'nuapay' }))
    expect(desk.outside.browsed).toEqual([
      'https://truv.com/docs/api-reference/mtls',
      'https://developer.nuapay.com/np_secmtlsui.html',
    ])
  })

  it.each([
    { topic: 'provider-source', provider: 'truv', source: 'https://example.com/' },
    { topic: 'provider-source', provider: 'truv', source: '__proto__' },
    { topic: 'provider-source', provider: 'nobody', source: 'mtls' },
    { topic: 'provider-submit', provider: 'other' },
  ] as const)('are not opened for %j', async (page) => {
    const desk = openTestDesk()
    expect((await desk.call('openPage', page)).ok).toBe(false)
    expect(desk.outside.browsed).toEqual([])
  })
})

describe('settings', () => {
  it('change one by one, with news, thresholds in order and each once', async () => {
    const desk = openTestDesk()
    const changed = value(await desk.call('changeSettings', { reminders: { enabled: true, days: [7, 60, 7, 30] } }))
    expect(changed).toMatchObject({ appearance: 'system', reminders: { days: [60, 30, 7] } })
    expect(await desk.call('readSettings', {})).toEqual(ok(changed))
    expect(desk.outside.news).toEqual([{ kind: 'settings-changed', settings: changed }])
  })

  it.each([{ reminders: { enabled: true, days: [] } }, { reminders: { enabled: true, days: [0] } }, { window: {} }])(
    'refuse %j',
    async (change) => {
      expect(codeOf(await openTestDesk().call('changeSettings', change as never))).toBe('app.input-invalid')
    },
  )
})

describe('the clipboard', () => {
  it('takes text', async () => {
    const desk = openTestDesk()
    value(await desk.call('copyText', { text: 'request' }))
    expect(desk.outside.copied).toBe('request')
  })
})

describe('the place of the window', () => {
  const screen = { x: 0, y: 0, width: 1920, height: 1040 }
  const second = { x: 1920, y: 0, width: 1280, height: 1000 }
  const place = { x: 2000, y: 50, width: 1180, height: 780, maximized: false }

  it('is kept while its screen is there', () => {
    expect(fitPlace(place, [screen, second])).toEqual({ x: 2000, y: 50, width: 1180, height: 780 })
  })

  it('is left to the system when its screen is gone, or its title bar would be out of reach', () => {
    expect(fitPlace(place, [screen])).toEqual({ width: 1180, height: 780 })
    expect(fitPlace({ ...place, x: 10, y: -600 }, [screen])).toEqual({ width: 1180, height: 780 })
    expect(fitPlace({ ...place, x: 1850 }, [screen])).toEqual({ width: 1180, height: 780 })
  })

  it('is never larger than the screen', () => {
    expect(fitPlace({ ...place, x: 0, width: 5000, height: 5000 }, [screen])).toMatchObject({
      width: 1920,
      height: 1040,
    })
  })
})

describe('the menu', () => {
  const flat = (items: ReturnType<typeof menuTemplate>): ReturnType<typeof menuTemplate> =>
    items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])])

  it('leads to every room, and no two commands share a key', () => {
    const gone: string[] = []
    const items = flat(menuTemplate((to) => gone.push(to), { mac: false, developing: false }))
    for (const { click } of items) click?.({} as never, undefined, {} as never)
    expect(gone).toEqual(
      expect.arrayContaining([
        'create',
        'open-files',
        'inspect-clipboard',
        'palette',
        'identities',
        'inspect',
        'test',
        'calendar',
        'settings',
      ]),
    )
    const keys = items.flatMap(({ accelerator }) => (accelerator ? [accelerator] : []))
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('has developer tools only while developing', () => {
    const roles = (developing: boolean) =>
      flat(menuTemplate(() => {}, { mac: false, developing })).map(({ role }) => role)
    expect(roles(true)).toContain('toggleDevTools')
    expect(roles(false)).not.toContain('toggleDevTools')
    expect(roles(false)).not.toContain('reload')
  })
})
