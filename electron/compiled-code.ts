import { readFileSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { constants, Script } from 'node:vm'

/**
 * Half of the time that loading a script takes goes into compiling it. The packed app therefore carries what V8 made of
 * its scripts when it was packed (`scripts/package/compiled-code.mjs`), in its archive beside them: whoever could change
 * the one could change the other, so it opens no further way in, as a cache in the user's folder would. V8 takes it only
 * with its own version and flags; else it compiles, as it does where there is none.
 */
type Compiled = Module & { _compile(source: string, path: string): unknown }

/** Names and lengths as one line of JSON, then the pieces one after another. What is not of this form counts as none. */
function readPieces(file: string): Map<string, Buffer> {
  const pieces = new Map<string, Buffer>()
  try {
    const bytes = readFileSync(file)
    let at = bytes.indexOf('\n') + 1
    for (const [name, length] of JSON.parse(bytes.toString('utf8', 0, at)) as [string, number][]) {
      pieces.set(name, bytes.subarray(at, at + length))
      at += length
    }
  } catch {
    pieces.clear()
  }
  return pieces
}

/** From now on scripts in `folder` are taken as they were compiled. Before anything else is loaded. */
export function takeCompiledCode(folder: string): void {
  const pieces = readPieces(join(folder, 'compiled-code'))
  if (pieces.size === 0) return
  // One piece that nobody asks for would keep them all.
  setTimeout(() => pieces.clear(), 10_000).unref()
  const scripts = join(folder, 'chunks')
  const modules = Module.prototype as Compiled
  const compile = modules._compile
  modules._compile = function (this: Compiled, source: string, path: string, ...more: []) {
    const cachedData = dirname(path) === scripts ? pieces.get(basename(path)) : undefined
    if (cachedData === undefined) return compile.call(this, source, path, ...more)
    pieces.delete(basename(path))
    const importModuleDynamically = constants.USE_MAIN_CONTEXT_DEFAULT_LOADER
    const script = new Script(Module.wrap(source), { filename: path, cachedData, importModuleDynamically })
    if (script.cachedDataRejected) return compile.call(this, source, path, ...more)
    const run = script.runInThisContext() as (...parts: unknown[]) => unknown
    return run.call(this.exports, this.exports, createRequire(path), this, path, dirname(path))
  }
}
