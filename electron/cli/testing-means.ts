import { join } from 'node:path'
import type { TestingMeans } from '../means.ts'
import { createPractice } from '../practice-desk.ts'
import { createProviders } from '../provider-files.ts'
import { createSettingsStore } from '../settings-store.ts'
import { recordedProbe } from '../tls/probe.ts'
import { createProxies } from '../tls/proxies.ts'
import { proxyFromEnvironment } from '../tls/proxy-choice.ts'
import type { AppVault } from './app-vault.ts'
import type { Io } from './io.ts'

/** What the app makes its tests with, on the command line: the app\u2019s vault and settings, the shell\u2019s proxy. */
export function testingMeans({ folder, vault }: AppVault, io: Io): TestingMeans {
  const log = { note: io.note, bug: (where: string) => io.note(`a fault in ${where}`) }
  return {
    vault,
    providers: createProviders(join(folder, 'providers'), log),
    practice: createPractice(vault, io.now, () => {}),
    settings: createSettingsStore(folder, () => {}),
    proxies: createProxies(async (url) => proxyFromEnvironment(url, process.env)),
    probe: recordedProbe,
    now: io.now,
    news: () => {},
  }
}
