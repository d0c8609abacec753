// @ts-check
// Everything the scripts print goes through here, so that a log in a terminal and one in CI read alike.

const started = performance.now()
const wide = process.stdout.isTTY === true
const colour = wide && !process.env.NO_COLOR
let half = ''
/** The title of a step that a log has not seen yet. */
let untold = ''

/** @param {string} code @param {string} text */
const paint = (code, text) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text)

/** Ends a line that was left open for progress. */
function settle() {
  if (half) process.stdout.write(wide ? '\r\u001b[2K' : '\n')
  half = ''
}

/** A log has no line that waits: there, a step says that it began only when it has news, or takes long. */
function announce() {
  if (!untold) return
  const title = untold
  untold = ''
  line(`… ${title}`)
}

/** @param {string} text */
export function line(text) {
  settle()
  process.stdout.write(`${text}\n`)
}

/** @param {string} text A fact about the step that is under way, or just ended. */
export function note(text) {
  announce()
  line(`    ${text}`)
}

/** @param {string} text Something the reader should know, though nothing stops. */
export function warn(text) {
  line(`${paint('33', '!')} ${text}`)
}

/**
 * A refusal of a script: what went wrong, what was tried, what to do. Caught once, by `main`.
 */
export class Refusal extends Error {
  /** @param {string} title @param {string[]} [next] one line each: what was tried, then what to do */
  constructor(title, next = []) {
    super(title)
    this.name = 'Refusal'
    this.next = next
  }
}

/** @param {number} ms */
export function duration(ms) {
  if (ms < 950) return `${Math.round(ms)} ms`
  if (ms < 59_500) return `${(ms / 1000).toFixed(1)} s`
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`
}

export const sinceStart = () => performance.now() - started

/**
 * Runs one step and prints it with a mark and its duration. What `work` returns under `told` is printed behind the title.
 * @template T
 * @param {string} title
 * @param {() => Promise<T> | T} work
 * @param {(result: T) => string} [told]
 * @param {(result: T) => boolean} [good] false for a result that is a failure without being thrown
 * @returns {Promise<T>}
 */
export async function step(title, work, told = () => '', good = () => true) {
  const from = performance.now()
  if (wide) {
    settle()
    half = title
    process.stdout.write(`${paint('36', '…')} ${title}`)
  }
  if (!wide) untold = title
  const patience = setTimeout(announce, 3000)
  try {
    const result = await work()
    const extra = told(result)
    const mark = good(result) ? paint('32', '✓') : paint('31', '✗')
    line(`${mark} ${title}${extra ? `: ${extra}` : ''} ${paint('2', `(${duration(performance.now() - from)})`)}`)
    return result
  } catch (error) {
    line(`${paint('31', '✗')} ${title} ${paint('2', `(${duration(performance.now() - from)})`)}`)
    throw error
  } finally {
    clearTimeout(patience)
    untold = ''
  }
}

/**
 * Progress of something large. A terminal sees a line that moves; a log sees one line per tenth.
 * @param {string} what
 * @param {number} total in bytes; 0 when unknown
 */
export function progress(what, total) {
  let tenth = -1
  let lastDrawn = 0
  return (/** @type {number} */ done) => {
    const share = total > 0 ? Math.min(done / total, 1) : 0
    const mb = (/** @type {number} */ n) => (n / 1e6).toFixed(0)
    const text = total > 0 ? `${what}: ${mb(done)} of ${mb(total)} MB` : `${what}: ${mb(done)} MB`
    if (wide) {
      if (performance.now() - lastDrawn < 100 && share < 1) return
      lastDrawn = performance.now()
      half = text
      process.stdout.write(`\r\u001b[2K    ${text}`)
      return
    }
    const now = total > 0 ? Math.floor(share * 10) : Math.floor(done / 20e6)
    if (now > tenth) {
      tenth = now
      note(text)
    }
  }
}

/** Foreign output keeps its words, not its colours: it also ends up in logs. @param {string} text */
const plain = (text) => text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, '')

/** @param {unknown} error A refusal in words, a bug with its stack. */
export function complain(error) {
  settle()
  if (error instanceof Refusal) {
    process.stderr.write(
      `\n${paint('31', error.message)}\n${error.next.map((text) => `  ${plain(text)}\n`).join('')}\n`,
    )
  } else {
    process.stderr.write(`\n${error instanceof Error ? error.stack : String(error)}\n`)
  }
}

/**
 * The frame of every script: runs it, says what stopped it, and sets the exit code.
 * @param {() => Promise<number | undefined>} script resolves to the exit code
 */
export async function main(script) {
  try {
    process.exitCode = (await script()) ?? 0
  } catch (error) {
    complain(error)
    process.exitCode = 1
  }
}
