import { randomUUID } from 'node:crypto'
import { BrowserWindow, type Session, session } from 'electron'
import { appScheme, pageOrigin } from './channels.ts'

export type PrintWish = {
  /** A page that stands by itself. */
  html: string
  paper: 'A4' | 'Letter'
  /** HTML of the foot of each page; classes `pageNumber` and `totalPages` are filled in. */
  foot: string
}

/** A page of a few thousand lines takes a second. */
const longestMs = 30_000

const pages = new Map<string, string>()
let printing: Session | undefined

/** In memory, apart from the window’s own; it knows the pages that are being printed and nothing else. */
function printSession(): Session {
  if (printing) return printing
  printing = session.fromPartition('print')
  printing.protocol.registerBufferProtocol(appScheme, ({ url }, callback) => {
    const html = pages.get(url)
    const headers = {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'`,
    }
    callback({ statusCode: html === undefined ? 404 : 200, headers, data: Buffer.from(html ?? '') })
  })
  return printing
}

/**
 * Prints a static page as PDF: tagged, with its title and language, text that can be selected. The window is never shown;
 * it is sandboxed, runs no script of the page, and has no preload, so nothing of the app can be reached from what is
 * printed.
 */
export async function printPage({ html, paper, foot }: PrintWish): Promise<Uint8Array> {
  const own = printSession()
  const url = `${pageOrigin}/${randomUUID()}.html`
  pages.set(url, html)
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      session: own,
      sandbox: true,
      javascript: false,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      devTools: false,
    },
  })
  const tooLong = setTimeout(() => window.destroy(), longestMs)
  try {
    await window.loadURL(url)
    return await window.webContents.printToPDF({
      pageSize: paper,
      printBackground: true,
      margins: { top: 0.6, bottom: 0.75, left: 0.7, right: 0.7 },
      displayHeaderFooter: true,
      headerTemplate: '<span></span>',
      footerTemplate: foot,
      generateTaggedPDF: true,
      generateDocumentOutline: true,
    })
  } finally {
    clearTimeout(tooLong)
    pages.delete(url)
    if (!window.isDestroyed()) window.destroy()
  }
}
