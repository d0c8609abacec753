// The least that Electron's checklist lets pass: one sandboxed, isolated window that says hello, at the place where ours
// stands while both are measured.
const { join } = require('node:path')
const { app, BrowserWindow } = require('electron')

app.whenReady().then(() => {
  const window = new BrowserWindow({
    show: false,
    x: 200,
    y: 100,
    width: 1180,
    height: 780,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
  })
  window.once('ready-to-show', () => window.show())
  // Outside of the archive, see scripts/bench/alike.mjs.
  window.loadFile(join(process.resourcesPath, 'app.asar.unpacked', 'out', 'renderer', 'index.html'))
})
app.on('window-all-closed', () => app.quit())
