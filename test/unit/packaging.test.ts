import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { launcherBeside, unpackingHead } from '../../scripts/package/app-image.mjs'
import { describeApp, desktopEntry } from '../../scripts/package/description.mjs'
import { wanted, wrongFuses } from '../../scripts/package/fuses.mjs'
import { drawnFrom, icns, ico, sizes } from '../../scripts/package/icons.mjs'
import { packageVersion } from '../../scripts/package/linux-files.mjs'
import { versionFor } from '../../scripts/package/pack.mjs'

const require = createRequire(import.meta.url)
const root = join(import.meta.dirname, '..', '..')
const config = () => load(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as Record<string, unknown>
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

describe('electron-builder.yml', () => {
  it('is what electron-builder’s own schema asks for', { timeout: 30_000 }, async () => {
    const { validateConfiguration } = require('app-builder-lib/out/util/config/config.js')
    const { DebugLogger } = require('builder-util')
    await validateConfiguration(config(), new DebugLogger(false))
    const misspelt = { ...config(), linux: { ...(config().linux as object), mimeType: [] } }
    await expect(validateConfiguration(misspelt, new DebugLogger(false))).rejects.toThrow(
      /configuration\.linux should be/,
    )
  })

  it('opens all kinds of files that are promised, on every system', () => {
    const associations = config().fileAssociations as { ext: string[] }[]
    const promised = ['pem', 'crt', 'cer', 'der', 'csr', 'p10', 'p7b', 'p12', 'pfx', 'jks', 'crl']
    expect(associations.flatMap(({ ext }) => ext).sort()).toEqual(promised.sort())
    const known = readFileSync(join(root, 'build/linux/mime.xml'), 'utf8')
    const types = new Set(describeApp(root).linux.mimeTypes)
    for (const [, type = ''] of known.matchAll(/<mime-type type="([^"]+)"/g)) expect(types).toContain(type)
    for (const ending of promised) expect(known).toContain(`pattern="*.${ending}"`)
  })

  it('asks for the fuses that are read back', () => {
    const fuses = config().electronFuses as Record<string, boolean>
    const named = Object.entries(fuses).map(([name, on]) => [
      name.replace(/^./, (letter) => letter.toUpperCase()),
      on ? 'on' : 'off',
    ])
    expect(Object.fromEntries(named)).toEqual(wanted)
    expect(wrongFuses(Object.entries(wanted))).toEqual([])
    expect(wrongFuses([['RunAsNode', 'on']])).toContain('RunAsNode is on, and should be off')
  })

  it('describes the same desktop entry to electron-builder and to the makers of packages here', async () => {
    const { LinuxTargetHelper } = require('app-builder-lib/out/targets/LinuxTargetHelper.js')
    const { linux, deb, rpm, productName } = config() as Record<string, Record<string, unknown>>
    const helper = new LinuxTargetHelper({
      platformSpecificBuildOptions: linux,
      executableName: linux?.executableName,
      appInfo: { productName, sanitizedProductName: productName },
      fileAssociations: config().fileAssociations,
      config: config(),
      info: { metadata: manifest },
    })
    const lines = (text: string) => text.trim().split('\n').sort()
    const app = describeApp(root)
    for (const [ours, theirs] of [
      [app.deb, deb],
      [app.rpm, rpm],
    ] as const) {
      const written = await helper.computeDesktopEntry({ ...linux, ...theirs })
      expect(lines(desktopEntry(app, ours))).toEqual(lines(written))
    }
  })

  it('names files as files: nothing that follows is read as a switch', () => {
    const app = describeApp(root)
    expect(desktopEntry(app, app.deb)).toMatch(/^Exec=\/opt\/Countersign\/countersign -- %F$/m)
  })
})

describe('the launcher of the command line', () => {
  const launcher = readFileSync(join(root, 'build/linux/launcher.sh'), 'utf8')

  it('never takes the sandbox away, and ends Chromium’s switches before the user’s words', () => {
    expect(launcher).not.toContain('no-sandbox')
    expect(launcher).toContain('--run-command -- "$@"')
  })

  it('lies in an AppImage too, and finds the program beside it', () => {
    expect(launcherBeside(launcher).replace(/^app=.*$/m, '')).toBe(launcher.replace(/^app=.*$/m, ''))
    expect(launcherBeside(launcher)).not.toContain('/opt/')
    expect(() => launcherBeside('app=elsewhere\n')).toThrow()
  })
})

describe('what an AppImage starts', () => {
  it('never takes the sandbox away, and electron-builder’s own does not come in its place', () => {
    const code = readFileSync(join(root, 'build/linux/AppRun'), 'utf8').replace(/^\s*#.*$/gm, '')
    expect(code).not.toContain('no-sandbox')
    const { generateAppRunScript } = require('app-builder-lib/out/targets/appimage/appImageUtil.js')
    // Should theirs stop doing so one day, ours is no longer needed.
    expect(generateAppRunScript({ ExecutableName: 'countersign' })).toContain('NO_SANDBOX=(--no-sandbox)')
  })

  it('has, where it is for trying, a head of whole blocks that names its own length', () => {
    const head = unpackingHead(root)
    expect(head.length % 4096).toBe(0)
    expect(head.toString()).toContain(`-offset ${head.length} `)
    expect(head.toString()).toMatch(/exec "\$APPDIR\/AppRun" "\$@"\n+$/)
  })
})

describe('a version', () => {
  it('says when the app is not on the Electron that it is made for', () => {
    expect(versionFor('0.3.0', { version: '33.2.1', pinned: '45.4.1' })).toBe('0.3.0-electron33')
    expect(versionFor('0.3.0', { version: '45.4.9', pinned: '45.4.1' })).toBe('0.3.0')
    expect(packageVersion('0.3.0-electron33')).toBe('0.3.0~electron33')
  })
})

describe('the icon', () => {
  const pictures = sizes.map((size) => ({ size, png: readFileSync(join(root, `build/icons/${size}x${size}.png`)) }))

  it('is drawn in every size from the drawings as they are', () => {
    expect(readFileSync(join(root, 'build/icon.stamp'), 'utf8')).toBe(drawnFrom())
    for (const { size, png } of pictures) expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size])
  })

  it('is the same in the forms of Windows and macOS', () => {
    expect(readFileSync(join(root, 'build/icon.icns')).equals(icns(pictures))).toBe(true)
    const small = pictures.filter(({ size }) => size <= 256)
    expect(readFileSync(join(root, 'build/icon.ico')).equals(ico(small))).toBe(true)
  })

  it('points in Windows’ directory at each whole picture', () => {
    const file = readFileSync(join(root, 'build/icon.ico'))
    for (let at = 0; at < file.readUInt16LE(4); at++) {
      const offset = file.readUInt32LE(6 + 16 * at + 12)
      expect(file.subarray(offset, offset + 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
      expect(file.readUInt32BE(offset + 16)).toBe(file.readUInt8(6 + 16 * at) || 256)
    }
  })
})
