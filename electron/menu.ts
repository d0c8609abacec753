import type { MenuItemConstructorOptions } from 'electron'
import type { News } from '../shared/contract.ts'

export type Room = Extract<News, { kind: 'go' }>['to']

/** The native menu. What a command does is up to the page: it is told where to go. */
export function menuTemplate(
  go: (to: Room) => unknown,
  { mac, developing }: { mac: boolean; developing: boolean },
): MenuItemConstructorOptions[] {
  const to = (label: string, room: Room, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    accelerator,
    click: () => go(room),
  })
  const line: MenuItemConstructorOptions = { type: 'separator' }
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        to('New identity…', 'create', 'CmdOrCtrl+N'),
        line,
        to('Open files…', 'open-files', 'CmdOrCtrl+O'),
        to('Inspect clipboard', 'inspect-clipboard', 'CmdOrCtrl+Shift+V'),
        line,
        to('Settings', 'settings', 'CmdOrCtrl+,'),
        line,
        mac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        to('Command palette…', 'palette', 'CmdOrCtrl+K'),
        line,
        to('Identities', 'identities', 'CmdOrCtrl+1'),
        to('Inspect', 'inspect', 'CmdOrCtrl+2'),
        to('Test', 'test', 'CmdOrCtrl+3'),
        to('Authority', 'authority', 'CmdOrCtrl+4'),
        to('Webhooks', 'webhooks', 'CmdOrCtrl+5'),
        to('Calendar', 'calendar', 'CmdOrCtrl+6'),
        line,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(developing ? [line, { role: 'toggleDevTools' } as const] : []),
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [to('Guide', 'help', 'F1'), to('Keys', 'keys'), line, to('About Countersign', 'settings')],
    },
  ]
}
