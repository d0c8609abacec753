// @ts-check
// `npm run test:package`: the .deb installed for real, by apt-get on a Debian with nothing on it: its command line, its
// window in Chromium's sandbox, files opened from the desktop, upgrade, removal; then the .rpm, and the AppImage with its
// updates. The last line is `N passed, N failed`.
// Builds the packages of this version and of an earlier number, or takes them: --deb FILE --older FILE.

import './node-version.mjs'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildStep } from './build.mjs'
import { makeDeb } from './package/deb.mjs'
import { makeLinuxFiles } from './package/linux-files.mjs'
import { pack, versionFor } from './package/pack.mjs'
import { appImageOf, tryAppImage, tryAppImagePapers } from './package-test/app-image.mjs'
import { tryAppImageUpdate } from './package-test/app-image-update.mjs'
import { openChecks } from './package-test/checks.mjs'
import { openCleanTree } from './package-test/clean-tree.mjs'
import { tryCommandLine } from './package-test/command-line.mjs'
import { desktopPackages, openDesktop } from './package-test/desktop.mjs'
import { openFeed, releaseEnvironment } from './package-test/feed.mjs'
import {
  bring,
  bringVault,
  filesOf,
  fine,
  ownFiles,
  purge,
  tryInstallation,
  tryRemoval,
  tryUpgrade,
} from './package-test/life.mjs'
import { tryPapers } from './package-test/papers.mjs'
import { rpmOf, tryRpm } from './package-test/rpm.mjs'
import { tryWindow } from './package-test/window.mjs'
import { packagedE2e } from './packaged-e2e.mjs'
import { run } from './run.mjs'
import { root } from './runtime.mjs'
import { line, main, Refusal, step } from './say.mjs'
import { setUp } from './setup.mjs'
import { ensureSystem } from './system.mjs'

const output = join(root, 'dist', 'package-test')
const user = 'anna'
const earlier = '0.0.9'

/** @param {import('./runtime.mjs').Runtime} runtime @param {string} number */
async function debOf(runtime, number) {
  const folder = join(output, number)
  mkdirSync(folder, { recursive: true })
  const version = versionFor(number, runtime)
  const packed = await pack({ runtime, version, project: root, output: folder })
  await makeLinuxFiles({ project: root, version })
  // Hardly compressed: what is in it counts here, not how long it travels.
  const what = { project: root, unpacked: packed.folder, output: folder, version, compression: 'gzip', level: 1 }
  return makeDeb(what)
}

/** Files to open, made here and now: one certificate under three names, another one, a locked key. @param {import('./package-test/clean-tree.mjs').CleanTree} tree */
async function bringFiles(tree) {
  fine(await tree.run(['useradd', '--create-home', '--shell', '/bin/bash', user]))
  const home = join(tree.root, 'home', user)
  const make = (/** @type {string} */ name, /** @type {string} */ host) =>
    run('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '90'],
      ...[
        '-subj',
        `/CN=${host}`,
        '-addext',
        'extendedKeyUsage=clientAuth',
        '-addext',
        'basicConstraints=critical,CA:FALSE',
      ],
      ...['-keyout', join(home, `${name}.key`), '-out', join(home, `${name}.pem`)],
    ])
  for (const [name, host] of /** @type {const} */ ([
    ['client', 'client.example'],
    ['other', 'other.example'],
    ['third%20one', 'third.example'],
    ['own', 'own.example'],
  ])) {
    fine(await make(name, host))
  }
  fine(
    await run('openssl', [
      'pkcs8',
      '-topk8',
      '-in',
      join(home, 'own.key'),
      '-passout',
      'pass:open sesame',
      '-out',
      join(home, 'locked.key'),
    ]),
  )
  fine(await tree.sh(`mv own.pem own.crt; rm client.key other.key; chown -R ${user}: .`, { folder: `/home/${user}` }))
}

await main(async () => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new Refusal('This test installs a package, so it needs Linux and root', [
      'It does so in a tree of its own, not on this system.',
    ])
  }
  const { values } = parseArgs({ options: { deb: { type: 'string' }, older: { type: 'string' } } })
  const runtime = await setUp({ display: true })
  await step('Programs for packages', () => ensureSystem({ packages: true }))
  const number = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version
  if (!values.deb || !values.older) {
    await buildStep()
    rmSync(output, { recursive: true, force: true })
  }
  // As a release is packed: with the place of its updates, and the key that signs them.
  const env = await releaseEnvironment(output)
  const deb = values.deb ?? (await step(`Package of ${number}`, () => debOf(runtime, number)))
  const before = values.older ?? (await step(`Package of ${earlier}`, () => debOf(runtime, earlier)))
  const version = (await run('dpkg-deb', ['--field', deb, 'Version'])).stdout.trim()

  const [newer, older] = await step('The same as .rpm', async () => [
    await rpmOf(deb, join(output, 'rpm', number)),
    await rpmOf(before, join(output, 'rpm', earlier)),
  ])

  const [newImage, oldImage] = await step('The same as AppImage', async () => [
    await appImageOf(deb, join(output, 'appimage', number)),
    await appImageOf(before, join(output, 'appimage', earlier)),
  ])

  const checks = openChecks()
  await tryPapers(checks, { deb, rpm: newer })
  await tryAppImagePapers(checks, newImage)

  const tree = await step('A Debian with nothing on it', () => openCleanTree())
  try {
    fine(await tree.apt('update'))
    await bringFiles(tree)
    const [newDeb, oldDeb] = [bring(tree, deb), bring(tree, before)]
    const byApt = { by: 'apt', remove: () => purge(tree) }
    const bare = await filesOf(tree)
    await tryInstallation(tree, checks, { deb: newDeb, version })
    await tryCommandLine(tree, checks, { user, number })
    await tryRemoval(tree, checks, { user, before: bare, own: ownFiles(tree, user), ...byApt })

    await step('A desktop', async () => fine(await tree.apt('install', '--no-install-recommends', ...desktopPackages)))
    const furnished = await filesOf(tree)
    await bringVault(tree, user)
    await tryUpgrade(tree, checks, { user, older: oldDeb, newer: newDeb, version })
    const desktop = await openDesktop(tree, user)
    await tryWindow(tree, checks, desktop)
    await tryRemoval(tree, checks, { user, before: furnished, own: ownFiles(tree, user), ...byApt })
    await tryRpm(tree, checks, { user, deb, older, newer, number, earlier })
    await tryAppImage(tree, checks, desktop, { user, number, appImage: newImage })
    const feed = await openFeed({ appImage: newImage, output: join(output, 'feed'), env })
    const images = { older: oldImage, newer: newImage }
    await tryAppImageUpdate(tree, checks, desktop, feed, { user, ...images, number, earlier }).finally(feed.close)
  } finally {
    tree.close()
  }
  // The app in it, under the tests of the window: see there how they come in.
  const shipped = join(output, 'shipped')
  rmSync(shipped, { recursive: true, force: true })
  fine(await run('dpkg-deb', ['-x', deb, shipped], { limitMs: 5 * 60_000 }))
  const window = await packagedE2e({ executable: join(shipped, 'opt/Countersign/countersign') })
  const [passed, failed] = [checks.count.passed + window.passed, checks.count.failed + window.failed]
  line(`${passed} passed, ${failed} failed`)
  return failed > 0 ? 1 : 0
})
