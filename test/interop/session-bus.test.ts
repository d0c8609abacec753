import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callMessage, takeMessage } from '../../electron/bus/message.ts'
import { busPaths, hasOwner, openSessionBus } from '../../electron/bus/session-bus.ts'
import { createDesktopNotices } from '../../electron/expiry/desktop-notices.ts'
import { firstMatch } from '../support/test-servers.ts'

const bus = { destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', interface: 'org.freedesktop.DBus' }

let daemon: ChildProcess
let env: NodeJS.ProcessEnv

beforeAll(async () => {
  daemon = spawn('dbus-daemon', ['--session', '--nofork', '--print-address', '--address', `unix:dir=${tmpdir()}`])
  env = { DBUS_SESSION_BUS_ADDRESS: (await firstMatch(daemon, /(unix:\S+)/)).trim() }
})
afterAll(() => void daemon.kill())

const open = async () => {
  const session = await openSessionBus(env)
  if (!session) throw new Error('no bus')
  return session
}

describe('the session bus', () => {
  it('knows who is there under a name', async () => {
    const session = await open()
    expect(await hasOwner(session, 'org.freedesktop.DBus')).toBe(true)
    expect(await hasOwner(session, 'org.kde.StatusNotifierWatcher')).toBe(false)
    session.close()
  })

  it('answers a refusal by its name, and goes on', async () => {
    const session = await open()
    await expect(session.call({ ...bus, member: 'NoSuchThing' })).rejects.toThrow('UnknownMethod')
    const [names] = await session.call({ ...bus, member: 'ListNames' })
    expect(names).toContain('org.freedesktop.DBus')
    session.close()
  })

  it('hears signals, and tells when it is gone', async () => {
    const session = await open()
    const heard: unknown[] = []
    await session.listen("type='signal',member='NameOwnerChanged'", ({ member, body }) => heard.push([member, body[0]]))
    const other = await open()
    await expect.poll(() => heard.length).toBeGreaterThan(0)
    expect(heard[0]).toEqual(['NameOwnerChanged', expect.stringMatching(/^:/)])
    const gone = new Promise<void>((resolve) => session.onEnd(resolve))
    session.close()
    await gone
    await expect(session.call({ ...bus, member: 'ListNames' })).rejects.toThrow('gone')
    other.close()
  })

  it('shows nothing where there is no notification service', async () => {
    const session = await open()
    const notices = createDesktopNotices(session, () => {})
    await expect(notices.show({ title: 't', body: 'b', items: [], actions: [] })).rejects.toThrow(
      'org.freedesktop.DBus.Error',
    )
    session.close()
  })

  it('is none where none listens, and where something else does', async () => {
    const nowhere = join(mkdtempSync(join(tmpdir(), 'bus-')), 'bus')
    expect(await openSessionBus({ DBUS_SESSION_BUS_ADDRESS: `unix:path=${nowhere}` })).toBeNull()
    const server = createServer((socket) => socket.end('SSH-2.0-nothing\r\n')).listen(nowhere)
    await new Promise((resolve) => server.once('listening', resolve))
    expect(await openSessionBus({ DBUS_SESSION_BUS_ADDRESS: `unix:path=${nowhere}` })).toBeNull()
    server.close()
  })

  it('is found by the address that a desktop gives', () => {
    const paths = (address: string) => busPaths({ DBUS_SESSION_BUS_ADDRESS: address }, 1)
    expect(paths('unix:path=/run/user/1000/bus')).toEqual(['/run/user/1000/bus'])
    expect(paths('unix:abstract=/tmp/dbus-1,guid=ab;tcp:host=localhost,port=1')).toEqual(['\0/tmp/dbus-1'])
    expect(paths('unix:guid=ab,path=/tmp/a%20b')).toEqual(['/tmp/a b'])
  })
})

describe('a message of the bus', () => {
  it('is read as it was written', () => {
    const to = { ...bus, member: 'Notify' }
    const hints = [['urgency', { signature: 'y', value: 2 }]]
    const bytes = callMessage(7, to, 'susssasa{sv}i', ['App', 0, '', 'Tïtle', 'body', ['a', 'b'], hints as never, -1])
    const read = takeMessage(Buffer.concat([bytes, bytes.subarray(0, 20)]))
    expect(read?.taken).toBe(bytes.length)
    expect(read?.message).toMatchObject({ kind: 'call', serial: 7, member: 'Notify', path: bus.path })
    expect(read?.message.body).toEqual(['App', 0, '', 'Tïtle', 'body', ['a', 'b'], hints, -1])
    expect(takeMessage(bytes.subarray(0, bytes.length - 1))).toBeNull()
  })

  it('is refused quickly, whatever the bytes', () => {
    const whole = callMessage(1, { ...bus, member: 'Notify' }, 'as', [['one', 'two']])
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        (changes) => {
          const bytes = Buffer.from(whole)
          for (const [at, value] of changes) bytes[at] = value
          try {
            takeMessage(bytes)
          } catch (error) {
            expect(error).toBeInstanceOf(Error)
          }
        },
      ),
      { numRuns: 2000 },
    )
  })
})
