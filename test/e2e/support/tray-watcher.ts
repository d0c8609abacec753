import { connect, type Socket } from 'node:net'
import { callMessage, type Message, takeMessage } from '../../../electron/bus/message.ts'
import { busPaths } from '../../../electron/bus/session-bus.ts'
import { type Value, Writer } from '../../../electron/bus/wire.ts'

const watcher = 'org.kde.StatusNotifierWatcher'
const daemon = { destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', interface: 'org.freedesktop.DBus' }

export type TrayIcon = { tip: string; menu: string[] }

/** The part of a desktop that shows icons beside the clock, as far as an icon notices. */
export type TrayWatcher = {
  /** What the icon that registered last shows. */
  icon(): Promise<TrayIcon | undefined>
  /** Chooses a line of its menu. */
  choose(line: string): Promise<void>
  stop(): void
}

async function greet(): Promise<Socket> {
  const [path] = busPaths(process.env, process.getuid?.() ?? 0)
  const socket = connect({ path: path ?? '' })
  const uid = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex')
  socket.write(`\0AUTH EXTERNAL ${uid}\r\n`)
  await new Promise((resolve) => socket.once('data', resolve))
  socket.write('BEGIN\r\n')
  return socket
}

function reply(serial: number, to: Message, signature: string, body: Value[]): Buffer {
  const content = new Writer()
  if (signature !== '') content.value(signature, body[0] ?? '')
  const header = new Writer()
  for (const byte of ['l'.charCodeAt(0), 2, 0, 1]) header.value('y', byte)
  header.value('u', content.length)
  header.value('u', serial)
  const fields: Value[] = [
    [5, { signature: 'u', value: to.serial }],
    [6, { signature: 's', value: to.sender ?? '' }],
    ...(signature === '' ? [] : [[8, { signature: 'g', value: signature }] as Value]),
  ]
  header.value('a(yv)', fields)
  header.align(8)
  return Buffer.concat([header.bytes(), content.bytes()])
}

export async function trayWatcher(): Promise<TrayWatcher> {
  const socket = await greet()
  const waiting = new Map<number, (body: Value[] | Error) => void>()
  let serial = 0
  let item: { name: string; path: string } | undefined
  let arrived = Buffer.alloc(0)

  const call = (target: Parameters<typeof callMessage>[1], signature = '', body: Value[] = []) =>
    new Promise<Value[]>((resolve, reject) => {
      const number = ++serial
      waiting.set(number, (answer) => (answer instanceof Error ? reject(answer) : resolve(answer)))
      socket.write(callMessage(number, target, signature, body))
    })
  const answer = (message: Message) => {
    const { member, sender = '', body } = message
    if (member === 'RegisterStatusNotifierItem') {
      const told = String(body[0])
      // Some give their name on the bus, others the path of their icon.
      item = told.startsWith('/') ? { name: sender, path: told } : { name: told, path: '/StatusNotifierItem' }
    }
    const isThere: Value = { signature: 'b', value: true }
    if (member === 'Get') socket.write(reply(++serial, message, 'v', [isThere]))
    else if (member === 'GetAll')
      socket.write(reply(++serial, message, 'a{sv}', [[['IsStatusNotifierHostRegistered', isThere]]]))
    else socket.write(reply(++serial, message, '', []))
  }
  socket.on('data', (bytes: Buffer) => {
    arrived = Buffer.concat([arrived, bytes])
    for (let next = takeMessage(arrived); next; next = takeMessage(arrived)) {
      arrived = arrived.subarray(next.taken)
      const { message } = next
      if (message.kind === 'call') answer(message)
      const asked = waiting.get(message.replyTo ?? 0)
      if (message.kind === 'reply') asked?.(message.body)
      if (message.kind === 'error') asked?.(new Error(message.errorName ?? ''))
    }
  })
  await call({ ...daemon, member: 'Hello' })
  await call({ ...daemon, member: 'RequestName' }, 'su', [watcher, 0])

  type Line = [id: number, properties: [string, { value: Value }][], children: { value: Value }[]]
  const property = async (path: string, from: string, name: string): Promise<Value> => {
    const target = { destination: item?.name ?? '', path, interface: 'org.freedesktop.DBus.Properties', member: 'Get' }
    const [found] = (await call(target, 'ss', [from, name])) as unknown as [{ value: Value }]
    return found.value
  }
  const layout = async (): Promise<{ menu: string; lines: { id: number; label: string }[] }> => {
    const menu = String(await property(item?.path ?? '', 'org.kde.StatusNotifierItem', 'Menu'))
    const target = {
      destination: item?.name ?? '',
      path: menu,
      interface: 'com.canonical.dbusmenu',
      member: 'GetLayout',
    }
    const [, root] = (await call(target, 'iias', [0, -1, []])) as unknown as [number, Line]
    const lines = root[2].map(({ value }) => {
      const [id, properties] = value as unknown as Line
      const label = properties.find(([name]) => name === 'label')?.[1].value
      return { id, label: String(label ?? '').replaceAll('_', '') }
    })
    return { menu, lines: lines.filter(({ label }) => label !== '') }
  }
  return {
    async icon() {
      if (!item) return undefined
      const tip = (await property(item.path, 'org.kde.StatusNotifierItem', 'ToolTip')) as Value[]
      return {
        tip: tip.filter((part) => typeof part === 'string').join(''),
        menu: (await layout()).lines.map(({ label }) => label),
      }
    },
    async choose(wanted) {
      const { menu, lines } = await layout()
      const line = lines.find(({ label }) => label === wanted)
      if (!line) throw new Error(`no line “${wanted}” among ${lines.map(({ label }) => label).join(', ')}`)
      const target = { destination: item?.name ?? '', path: menu, interface: 'com.canonical.dbusmenu', member: 'Event' }
      await call(target, 'isvu', [line.id, 'clicked', { signature: 's', value: '' }, 0])
    },
    stop: () => void socket.destroy(),
  }
}
