import { expect, test } from 'playwright/test'
import { closeHere, proxyServer } from '../support/proxy-servers.ts'
import { forget, launch } from './support/app.ts'
import { ask } from './support/desk.ts'

/** What only the real app can show: which proxy the system means is for Chromium to say. */
test('a test goes through the system’s proxy, is directed elsewhere, or goes directly', async () => {
  const desktop = await launch()
  const { app, page } = desktop
  try {
    const [system, own] = [await proxyServer(), await proxyServer()]
    await ask(page, 'setVaultPassphrase', { passphrase: 'correct horse battery staple' })
    const { running } = await ask(page, 'startPractice', { provider: 'truv', environment: 'sandbox' })
    await app.evaluate(
      ({ session }, proxyRules) =>
        // Chromium calls this computer directly unless told otherwise.
        session.defaultSession.setProxy({ proxyRules, proxyBypassRules: '<-loopback>' }),
      `127.0.0.1:${system.port}`,
    )
    const call = (proxy?: { by: 'none' } | { by: 'address'; url: string }) =>
      ask(page, 'testConnection', {
        work: 'through',
        identity: null,
        url: running?.apiUrl ?? '',
        method: 'GET',
        headers: [],
        blanks: {},
        remember: false,
        trust: { by: 'practice' },
        probe: 'none',
        ...(proxy ? { options: { proxy } } : {}),
      })
    const { attempt } = await call()
    expect(attempt.proxy).toBe(system.address)
    expect(attempt.http?.status).toBe(400)
    expect((await call({ by: 'address', url: own.address })).attempt.proxy).toBe(own.address)
    expect((await call({ by: 'none' })).attempt.proxy).toBeUndefined()
    expect([system.asked.length, own.asked.length]).toEqual([1, 1])
  } finally {
    await desktop.close()
    await closeHere()
    forget(desktop)
  }
})
