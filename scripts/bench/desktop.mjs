// @ts-check
// A desktop that stays open for many starts: a display whose pixels can be read, a pointer, a session bus with an
// unlocked keyring. The one who measures stays who he is: root may drop the page cache and read every process's memory.

import { join } from 'node:path'
import { openDisplay } from '../display.mjs'
import { giveFolder, ordinaryPerson } from '../ordinary-user.mjs'
import { start, stopGroup } from '../run.mjs'
import { openPointer } from './pointer.mjs'
import { openScreen } from './screen.mjs'

export async function openDesktop() {
  const person = await ordinaryPerson()
  const pixels = join(person.home, 'screen')
  giveFolder(person, pixels)
  const display = await openDisplay(person, { pixels })
  const keyring = 'printf session | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1'
  const bus = start('dbus-run-session', ['--', 'sh', '-c', `${keyring}; echo $DBUS_SESSION_BUS_ADDRESS; exec cat`], {
    ...person.as,
    env: display.env,
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const address = await new Promise((resolve, reject) => {
    bus.stdout?.once('data', (text) => resolve(String(text).trim()))
    bus.once('close', () => reject(new Error('the session bus ended')))
  })
  const screen = openScreen(join(pixels, 'Xvfb_screen0'))
  const pointer = await openPointer(display.env)
  return {
    person,
    screen,
    pointer,
    env: { ...display.env, DBUS_SESSION_BUS_ADDRESS: address, XDG_CURRENT_DESKTOP: 'GNOME' },
    close() {
      screen.close()
      pointer.close()
      stopGroup(bus)
      display.close()
      person.leave()
    },
  }
}
