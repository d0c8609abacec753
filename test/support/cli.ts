import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

const bin = new URL('../../bin/countersign.mjs', import.meta.url).pathname

export type Ran = { code: number | null; out: string; err: string; json: () => unknown }

/** The environment of a script: no display, no colours asked for, nothing of ours. */
const env = { PATH: process.env.PATH ?? '', HOME: '/nonexistent', LANG: 'C.UTF-8' }

function collect(child: ChildProcess): Promise<Ran> {
  let [out, err] = ['', '']
  child.stdout?.on('data', (chunk) => {
    out += chunk
  })
  child.stderr?.on('data', (chunk) => {
    err += chunk
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, err, json: () => JSON.parse(out) as unknown }))
  })
}

/** Runs the built command line as a script would: no terminal, standard input given or empty. */
export function countersign(
  args: readonly string[],
  { cwd, stdin = '', env: more = {} }: { cwd: string; stdin?: string | Uint8Array; env?: Record<string, string> },
) {
  const child = spawn(process.execPath, [bin, ...args], {
    cwd,
    env: { ...env, ...more },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin.on('error', () => {})
  child.stdin.end(stdin)
  return collect(child)
}

/** Runs a piece of shell in which `countersign` is a command. */
export function shell(text: string, cwd: string): Promise<Ran> {
  const tools = join(cwd, '.tools')
  mkdirSync(tools, { recursive: true })
  const command = join(tools, 'countersign')
  writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${bin}" "$@"\n`)
  chmodSync(command, 0o755)
  const path = `${tools}:${env.PATH}`
  return collect(spawn('sh', ['-c', text], { cwd, env: { ...env, PATH: path }, stdio: ['ignore', 'pipe', 'pipe'] }))
}

export type Practice = { ready: Record<string, string>; stop: () => Promise<Ran> }

/** A practice provider in a process of its own, stopped by Ctrl-C's signal. */
export async function practise(args: readonly string[], cwd: string): Promise<Practice> {
  const child = spawn(process.execPath, [bin, 'practice', ...args, '--json'], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = collect(child)
  const line = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.stdout.on('data', (chunk) => {
      text += chunk
      if (text.includes('\n')) resolve(text)
    })
    ended.then(({ err, out }) => reject(new Error(`practice ended: ${err}${out}`)))
  })
  const stop = () => {
    child.kill('SIGINT')
    return ended
  }
  return { ready: JSON.parse(line) as Record<string, string>, stop }
}

export type Listening = { ready: unknown; ended: Promise<Ran> }

/** `countersign listen --json` in a process of its own, once it listens. */
export async function listenWith(args: readonly string[], cwd: string): Promise<Listening> {
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe']
  const child = spawn(process.execPath, [bin, 'listen', ...args, '--json'], { cwd, env, stdio })
  const ended = collect(child)
  const line = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.stdout.on('data', (chunk) => {
      text += chunk
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')))
    })
    ended.then(({ err, out }) => reject(new Error(`listen ended: ${err}${out}`)))
  })
  return { ready: JSON.parse(line), ended }
}

export const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
