import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright'
import { expect } from 'playwright/test'
import { openVault } from '../../../scripts/tour/journey.mjs'
import { type Desktop, dropFiles, forget, launch, root } from './app.ts'
import { mailbox, put } from './provider.ts'

export const corpus = (file: string) => join(root, 'test/fixtures/corpus', file)

/** The Inspect room of a running app, with a folder of files to drop. */
export type Bench = {
  desktop: Desktop
  page: Page
  folder: string
  /** Runs OpenSSL in the folder; answers what it prints. */
  openssl: (...args: string[]) => string
  /** Writes a file into the folder; answers its path. */
  file: (name: string, content: string | Uint8Array) => string
  /** A real drop on the middle of the window, while it shows a room that takes no files itself. */
  drop: (...paths: string[]) => Promise<void>
  tree: Locator
  /** The opened object. */
  pane: Locator
  tab: (name: RegExp | string) => Promise<void>
  close: () => Promise<void>
}

export async function openBench(size?: { width: number; height: number }): Promise<Bench> {
  const folder = mailbox()
  const desktop = await launch({ size })
  const { page } = desktop
  await openVault(page, 'four plain words together')
  await page.getByRole('heading', { name: 'Start with your provider' }).waitFor()
  const tree = page.getByRole('tree', { name: 'What was dropped' })
  return {
    desktop,
    page,
    folder,
    openssl: (...args) => execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] }).toString(),
    file: (name, content) => put(folder, name, content),
    drop: async (...paths) => {
      await page.getByRole('button', { name: 'Calendar', exact: true }).click()
      await page.getByRole('heading', { name: 'Calendar' }).waitFor()
      await dropFiles(page, paths, { x: 300, y: 300 })
      await expect(tree).toBeVisible()
    },
    tree,
    pane: page.getByRole('article', { name: 'Opened object' }),
    tab: (name) => page.getByRole('tab', { name }).click(),
    close: async () => {
      await desktop.close()
      forget(desktop)
      rmSync(folder, { recursive: true })
    },
  }
}

/** A root, an authority below it and a leaf, made by OpenSSL: `root.crt`, `ca.crt`, `leaf.crt`, their keys and requests. */
export function makeChain({ openssl, file }: Pick<Bench, 'openssl' | 'file'>): void {
  for (const name of ['root', 'ca', 'leaf']) {
    openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', `${name}.key`)
  }
  openssl('req', '-x509', '-key', 'root.key', '-subj', '/CN=Chain Root', '-days', '900', '-out', 'root.crt')
  const sign = (name: string, subject: string, issuer: string, extensions: string) => {
    openssl('req', '-new', '-key', `${name}.key`, '-subj', subject, '-out', `${name}.csr`)
    const ext = file(`${name}.ext`, extensions)
    const by = ['-CA', `${issuer}.crt`, '-CAkey', `${issuer}.key`, '-CAcreateserial', '-days', '300']
    openssl('x509', '-req', '-in', `${name}.csr`, ...by, '-extfile', ext, '-out', `${name}.crt`)
  }
  const forCa = 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n'
  const forLeaf =
    'subjectAltName=DNS:api.chain.example\nextendedKeyUsage=clientAuth\nkeyUsage=critical,digitalSignature\n'
  sign('ca', '/CN=Chain Issuing CA', 'root', forCa)
  sign('leaf', '/CN=api.chain.example', 'ca', forLeaf)
}
