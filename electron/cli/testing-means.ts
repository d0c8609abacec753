import { join } from 'node:path'
import type { TestingMeans } from '../means.ts'
import { governProviders, governProxies, governSettings } from '../policy/govern.ts'
import { policyInForce } from '../policy/in-force.ts'
import { createPractice } from '../practice-desk.ts'
import { createProviders } from '../provider-files.ts'
import { createSettingsStore } from '../settings-store.ts'
import { recordedProbe } from '../tls/probe.ts'
import { createProxies } from '../tls/proxies.ts'
import { proxyFromEnvironment } from '../tls/proxy-choice.ts'
import type { AppVault } from './app-vault.ts'
import type { Io } from './io.ts'

/** What the app makes its tests with, on the command line: the app’s vault and settings, the shell’s proxy. */
export function testingMeans({ folder, vault }: AppVault, io: Io): TestingMeans {
  const log = { note: io.note, bug: (where: string) => io.note(`a fault in ${where}`) }
  const policy = policyInForce()
  return {
    vault,
    providers: governProviders(createProviders(join(folder, 'providers'), log), policy),
    practice: createPractice(vault, io.now, () => {}),
    settings: governSettings(
      createSettingsStore(folder, () => {}),
      policy,
    ),
    proxies: governProxies(
      createProxies(async (url) => proxyFromEnvironment(url, process.env)),
      policy,
    ),
    probe: recordedProbe,
    now: io.now,
    news: () => {},
  }
}
