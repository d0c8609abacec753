import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { openVault } from '../../scripts/tour/journey.mjs'
import { type Desktop, filesBelow, forget, launch, packaged } from './support/app.ts'

// Each promise of Electron's security checklist, tried from where an attacker would stand: inside of the page.

let desktop: Desktop
test.beforeAll(async () => {
  desktop = await launch()
})
test.afterAll(async () => {
  await desktop.close()
  forget(desktop)
})

test('the renderer runs in Chromium’s sandbox, isolated, without Node', async () => {
  const { app, page } = desktop
  expect(await app.evaluate(({ app: main }) => main.commandLine.hasSwitch('no-sandbox'))).toBe(false)
  const pid = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.getOSProcessId())
  // Seccomp 2 is filter mode: the kernel refuses the process most of its calls.
  if (process.platform === 'linux') expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(/^Seccomp:\s*2$/m)
  const seen = await page.evaluate(() => ({
    require: typeof (globalThis as Record<string, unknown>).require,
    process: typeof (globalThis as Record<string, unknown>).process,
    module: typeof (globalThis as Record<string, unknown>).module,
    ipc: typeof (globalThis as Record<string, unknown>).ipcRenderer,
    electron: typeof (globalThis as Record<string, unknown>).electron,
  }))
  expect(Object.values(seen)).toEqual(Array(5).fill('undefined'))
})

test('developers’ tools open in a checkout, and never in a packed app', async () => {
  const seen = await desktop.app.evaluate(async ({ app, BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]!.webContents
    const patienceMs = app.isPackaged ? 2000 : 20_000
    const opened = new Promise<boolean>((settle) => {
      contents.once('devtools-opened', () => settle(true))
      setTimeout(() => settle(contents.isDevToolsOpened()), patienceMs)
    })
    contents.openDevTools({ mode: 'detach', activate: false })
    const seen = { packed: app.isPackaged, opened: await opened }
    contents.closeDevTools()
    return seen
  })
  expect(seen).toEqual({ packed: packaged !== undefined, opened: packaged === undefined })
})

test('the page comes from app:// and may run no text as code', async () => {
  const { page } = desktop
  expect(page.url()).toMatch(/^app:\/\/countersign\//)
  // From a timer of the page's own: what Playwright evaluates itself is exempt from the policy.
  const tried = await page.evaluate(
    () =>
      new Promise((settle) =>
        setTimeout(() => {
          const outcome = (run: () => unknown) => {
            try {
              run()
              return 'ran'
            } catch (thrown) {
              return (thrown as Error).name
            }
          }
          const inline = document.createElement('script')
          inline.textContent = 'globalThis.inlineRan = true'
          document.head.append(inline)
          settle({
            // biome-ignore lint/security/noGlobalEval: this is what must fail
            eval: outcome(() => eval('1 + 1')),
            function: outcome(() => new Function('return 1')()),
            inline: 'inlineRan' in globalThis,
          })
        }),
      ),
  )
  expect(tried).toEqual({ eval: 'EvalError', function: 'EvalError', inline: false })
})

test('the page reaches no network, no file and no other page', async () => {
  const { page } = desktop
  const reached = await page.evaluate(async () => {
    const fails = (url: string) =>
      fetch(url).then(
        () => 'answered',
        () => 'failed',
      )
    const image = (src: string) =>
      new Promise((settle) => {
        const picture = new Image()
        picture.onload = () => settle('loaded')
        picture.onerror = () => settle('failed')
        picture.src = src
      })
    return {
      http: await fails('http://127.0.0.1:9/'),
      https: await fails('https://example.com/'),
      file: await fails('file:///etc/passwd'),
      own: await fails('app://countersign/../package.json'),
      image: await image('https://example.com/x.png'),
      socket: await new Promise((settle) => {
        try {
          const socket = new WebSocket('ws://127.0.0.1:9/')
          socket.onopen = () => settle('opened')
          socket.onerror = () => settle('failed')
        } catch {
          settle('failed')
        }
      }),
      opened: window.open('https://example.com/') === null,
    }
  })
  expect(reached).toEqual({
    http: 'failed',
    https: 'failed',
    file: 'failed',
    own: 'failed',
    image: 'failed',
    socket: 'failed',
    opened: true,
  })
})

test('every permission is refused', async () => {
  const states = await desktop.page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi'] as PermissionName[]
    const asked = names.map((name) => navigator.permissions.query({ name }).then((status) => status.state))
    return Promise.all(asked)
  })
  expect(states).toEqual(Array(6).fill('denied'))
})

test('a frame inside of the page has no desk', async () => {
  const inside = await desktop.page.evaluate(async () => {
    const frame = document.createElement('iframe')
    frame.src = 'app://countersign/index.html'
    document.body.append(frame)
    await new Promise((settle) => setTimeout(settle, 500))
    let desk = 'out of reach'
    try {
      desk = typeof (frame.contentWindow as unknown as Record<string, unknown> | null)?.desk
    } catch {}
    frame.remove()
    return desk
  })
  expect(['undefined', 'out of reach']).toContain(inside)
})

test('a call of another form, or with a path of the page’s own making, is refused by name', async () => {
  const answers = await desktop.page.evaluate(async () => {
    const desk = (globalThis as unknown as { desk: Record<string, (input: unknown) => Promise<unknown>> }).desk
    return {
      calls: Object.keys(desk).sort(),
      unknownField: await desk.readSettings!({ extra: 1 }),
      tooLong: await desk.renameIdentity!({ identity: 'abcdefgh', name: 'x'.repeat(10_000) }),
      path: await desk.startInspection!({ work: 'w', source: { from: 'paths', paths: ['/etc/passwd'] } }),
      toSign: await desk.openRequest!({ source: { from: 'paths', paths: ['/etc/passwd'] } }),
      toBring: await desk.bringAuthority!({ source: { from: 'paths', paths: ['/etc'] }, askEachTime: false }),
      traversal: await desk.readIdentity!({ identity: '../../vault' }),
    }
  })
  expect(answers.calls).not.toContain('invoke')
  const invalid = (field: string) => ({ ok: false, problem: { code: 'app.input-invalid', field } })
  expect(answers.unknownField).toEqual(invalid('extra'))
  expect(answers.tooLong).toEqual(invalid('name'))
  expect(answers.path).toEqual(invalid('from'))
  expect(answers.toSign).toEqual(invalid('from'))
  expect(answers.toBring).toEqual(invalid('from'))
  expect(answers.traversal).toEqual(invalid('identity'))
})

test('a key just made is in no reply, in no file in the clear, and in no output', async () => {
  const { app, page, userData } = desktop
  let printed = ''
  for (const stream of [app.process().stdout, app.process().stderr]) stream?.on('data', (text) => (printed += text))
  await openVault(page, 'four plain words together')
  await page.getByRole('heading', { name: 'Start with your provider' }).waitFor()
  const replies = await page.evaluate(async () => {
    const desk = (globalThis as unknown as { desk: Record<string, (input: unknown) => Promise<unknown>> }).desk
    const plan = {
      provider: 'truv',
      environment: 'sandbox',
      name: 'A key to look for',
      answers: { name: 'acme' },
      subject: {},
      subjectAltNames: [],
      key: 'rsa-2048',
    }
    const created = (await desk.createIdentity!({ work: 'look', plan })) as { value: { handle: string } }
    const identity = created.value.handle
    return JSON.stringify([
      created,
      await desk.readIdentity!({ identity }),
      await desk.listIdentities!({}),
      await desk.vaultState!({}),
      await desk.readSettings!({}),
    ])
  })
  expect(replies).toContain('A key to look for')
  expect(replies).not.toMatch(/PRIVATE KEY|four plain words/)
  const files = filesBelow(userData)
  expect(files.some((file) => file.includes(join('vault', 'identities')))).toBe(true)
  for (const file of files) {
    const bytes = readFileSync(file)
    expect(bytes.includes('PRIVATE KEY'), file).toBe(false)
    expect(bytes.includes('four plain words'), file).toBe(false)
  }
  expect(printed).not.toMatch(/PRIVATE KEY|four plain words|A key to look for/)
})

test('the page cannot be led to another address', async () => {
  const { app, page } = desktop
  await page.evaluate(() => {
    location.href = 'https://example.com/'
  })
  await page.evaluate(() => {
    location.href = 'file:///etc/passwd'
  })
  await page.waitForTimeout(300)
  expect(page.url()).toMatch(/^app:\/\/countersign\//)
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})
