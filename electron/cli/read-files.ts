import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Problem } from '../../shared/problems.ts'
import { refuse } from '../../shared/result.ts'
import { limits } from '../gather.ts'
import { governProxies } from '../policy/govern.ts'
import { policyInForce } from '../policy/in-force.ts'
import { brokenPolicy } from '../policy/refusals.ts'
import { maxForeignBytes } from '../reader-limits.ts'
import { createProxies } from '../tls/proxies.ts'
import { proxyFromEnvironment } from '../tls/proxy-choice.ts'
import { readAddress, serverChain } from '../tls/server-chain.ts'
import type { Io } from './io.ts'
import { readGiven } from './read-given.ts'

export type ReadFiles = { files: { file: string; bytes: Uint8Array }[]; leftOut: { file: string; problem: Problem }[] }

/** A server is looked at through the proxy that the environment names, as it is tested. */
const wayTo = (url: string) => {
  const own = createProxies(async (address) => proxyFromEnvironment(address, process.env))
  return governProxies(own, policyInForce()).wayTo(url, { by: 'system' })
}

/** Refusals name a file by the last part of its path; no path is spelt like this one. */
export const stdinName = '-/standard input'

/**
 * Reads files and folders under the names as given, because scripts look them up by those; `-` is standard input. What
 * is no file and reads as an address (`host:port`, `https://…`) is a server: the certificates that it sends.
 */
export async function readFiles(paths: readonly string[], io: Io): Promise<ReadFiles> {
  const read: ReadFiles = { files: [], leftOut: [] }
  const listed: string[] = []
  for (const path of paths) {
    if (readAddress(path) && !(await exists(path))) {
      const broken = brokenPolicy(policyInForce(), 'proxy')
      const chain = broken ? refuse(broken) : await serverChain(path, new AbortController().signal, wayTo)
      if (chain.ok) read.files.push(chain.value)
      else read.leftOut.push({ file: path, problem: chain.problem })
      continue
    }
    const found = await filesAt(path, 0)
    listed.push(...found)
    if (found.length === 0) read.leftOut.push({ file: path, problem: { code: 'file.folder-empty', name: path } })
  }
  for (const path of listed.slice(0, limits.seen)) {
    if (path === '-') {
      read.files.push({ file: stdinName, bytes: await io.stdin() })
      continue
    }
    const bytes = await readGiven(path, maxForeignBytes)
    if (bytes.ok) read.files.push({ file: path, bytes: bytes.value })
    else read.leftOut.push({ file: path, problem: bytes.problem })
  }
  if (listed.length > limits.seen) {
    const problem: Problem = { code: 'file.too-many', count: listed.length, limit: limits.seen }
    read.leftOut.push({ file: `${listed.length - limits.seen} more files`, problem })
  }
  return read
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )

const isFolder = (path: string) =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )

/** Hidden folders and links to folders are passed over, as in the window; links to files are how servers keep them. */
async function filesAt(path: string, depth: number): Promise<string[]> {
  if (path === '-' || !(await isFolder(path))) return [path]
  const entries = await readdir(path, { withFileTypes: true }).catch(() => null)
  // What cannot be listed is told when it is read.
  if (!entries) return [path]
  const found: string[] = []
  for (const entry of entries.sort((a, b) => a.name.localeCompare(b.name))) {
    const inner = join(path, entry.name)
    if (entry.isFile() || (entry.isSymbolicLink() && !(await isFolder(inner)))) found.push(inner)
    else if (entry.isDirectory() && !entry.name.startsWith('.') && depth < limits.depth) {
      found.push(...(await filesAt(inner, depth + 1)))
    }
  }
  return found
}
