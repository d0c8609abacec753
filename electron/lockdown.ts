import { app, protocol, type Session, session, type WebContents } from 'electron'
import { appScheme, pageOrigin } from './channels.ts'

/**
 * Deny first: everything a page could do beyond showing itself is refused here, before the first window. What is
 * granted later stands with its reason on its own line. Must run before the app is ready.
 */
export function lockdown(): void {
  app.enableSandbox()
  // The page's own address: a secure origin of its own (unlike file:), whose compiled scripts may be cached.
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, codeCache: true } },
  ])
  // Chromium's own network stack finds no host at all; connections to test are made by Node's, outside the page.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
  app.on('web-contents-created', (_, contents) => lockContents(contents))
  app.on('session-created', lockSession)
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, callback) => {
    event.preventDefault()
    callback(false)
  })
  app.on('select-client-certificate', (event) => event.preventDefault())
  app.on('login', (event) => event.preventDefault())
}

/** The default session may exist before anyone could listen for its creation. */
export function lockDefaultSession(): void {
  lockSession(session.defaultSession)
}

function lockContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  // Without this, Chromium would take the first Bluetooth device it finds.
  contents.on('select-bluetooth-device', (event, _devices, callback) => {
    event.preventDefault()
    callback('')
  })
}

const locked = new WeakSet<Session>()

function lockSession(ses: Session): void {
  if (locked.has(ses)) return
  locked.add(ses)
  ses.setPermissionRequestHandler((_contents, _permission, callback) => callback(false))
  ses.setPermissionCheckHandler(() => false)
  // Chromium would fetch dictionaries for it.
  ses.setSpellCheckerEnabled(false)
  ses.setDevicePermissionHandler(() => false)
  ses.webRequest.onBeforeRequest(({ url }, callback) => callback({ cancel: !isOwnRequest(url) }))
  ses.on('will-download', (event) => event.preventDefault())
}

function isOwnRequest(url: string): boolean {
  if (url.startsWith(`${pageOrigin}/`)) return true
  // DevTools are a page of Chromium's own; they exist only while developing.
  return !app.isPackaged && url.startsWith('devtools://')
}
