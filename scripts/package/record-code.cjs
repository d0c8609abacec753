// @ts-check
// Required by Electron before the app: compiles its scripts as they are asked for, and when the first screen has stood
// for a while, writes down what V8 made of them.

const { writeFileSync } = require('node:fs')
const Module = require('node:module')
const { basename, dirname, join } = require('node:path')
const { constants, Script } = require('node:vm')
const { app } = require('electron')

const file = process.env.COMPILED_CODE ?? ''
const folder = join(__dirname, 'out', 'main', 'chunks')
/** By then everything that begins after the start has begun. */
const restMs = 4000

/** @type {Map<string, Script>} */
const scripts = new Map()
const modules = /** @type {{ _compile(source: string, path: string): unknown }} */ (
  /** @type {unknown} */ (Module.prototype)
)
const compile = modules._compile
modules._compile = function (source, path, /** @type {unknown[]} */ ...more) {
  if (dirname(path) !== folder) return Reflect.apply(compile, this, [source, path, ...more])
  const importModuleDynamically = constants.USE_MAIN_CONTEXT_DEFAULT_LOADER
  const script = new Script(Module.wrap(source), { filename: path, importModuleDynamically })
  scripts.set(basename(path), script)
  return script.runInThisContext().call(this.exports, this.exports, Module.createRequire(path), this, path, folder)
}

app.once('browser-window-created', (_, window) => {
  window.webContents.once('did-finish-load', () =>
    setTimeout(() => {
      const pieces = [...scripts].map(([name, script]) => ({ name, bytes: script.createCachedData() }))
      const list = JSON.stringify(pieces.map(({ name, bytes }) => [name, bytes.length]))
      writeFileSync(file, Buffer.concat([Buffer.from(`${list}\n`), ...pieces.map(({ bytes }) => bytes)]))
      app.exit()
    }, restMs),
  )
})
