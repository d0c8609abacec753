import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { filesBelow } from './support/app.ts'
import { ask, makeIdentity } from './support/desk.ts'
import { openBench } from './support/inspect.ts'
import { makeAuthority } from './support/provider.ts'

/** Moves and presses the mouse of the display, as a hand does: the browser's own test input starts no drag of the system. */
const mouse = (...words: (string | number)[]) => execFileSync('xdotool', words.map(String))

test('a file is dragged by the mouse of the display, and arrives where it is let go', async () => {
  test.setTimeout(120_000)
  const bench = await openBench({ width: 1180, height: 780 })
  const { page, desktop, tree } = bench
  try {
    const { requestPem } = await makeIdentity(page, { name: 'Acme live' })
    const provider = await makeAuthority()
    const text = (await provider.sign(requestPem)).pem + provider.caPem
    await ask(page, 'attachCertificate', { source: { from: 'text', text }, despite: [] })
    await page.getByRole('button', { name: 'Identities', exact: true }).click()
    await page.getByText('Acme live').first().click()
    await page.getByRole('tab', { name: 'Certificate' }).click()
    const button = page.getByRole('button', { name: 'Save certificate' })
    await button.scrollIntoViewIfNeeded()
    const box = (await button.boundingBox())!
    const window = await desktop.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]!.getContentBounds(),
    )
    const from = { x: window.x + box.x + box.width / 2, y: window.y + box.y + box.height / 2 }
    // Below the list of identities, where a drop is inspected and not attached.
    const to = { x: window.x + 320, y: window.y + 420 }
    mouse('mousemove', Math.round(from.x), Math.round(from.y))
    mouse('mousedown', 1)
    for (let i = 1; i <= 25; i++) {
      const on = (a: number, b: number) => Math.round(a + ((b - a) * i) / 25)
      mouse('mousemove', on(from.x, to.x), on(from.y, to.y))
      await page.waitForTimeout(40)
    }
    await expect(page.getByText('Drop to inspect')).toBeVisible()
    mouse('mouseup', 1)
    await expect(tree.getByRole('treeitem').first()).toContainText('api-mtls.acme.truv.com')
    const dragged = filesBelow(join(desktop.userData, 'dragged'))
    expect(dragged).toHaveLength(1)
    expect(statSync(dragged[0]!).mode & 0o777).toBe(0o600)
  } finally {
    mouse('mouseup', 1)
    await bench.close()
  }
})
