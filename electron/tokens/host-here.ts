import { fileURLToPath } from 'node:url'
import { builtTokenWorker, tokenChild } from './token-child.ts'
import type { TokenHost } from './token-host.ts'

/**
 * For the command line, which runs on plain Node, and in the app's own process where it is installed: there is no other
 * Node to start there, because the packaged program cannot be made to be one.
 */
export async function tokenHostHere(): Promise<TokenHost> {
  if (!process.versions.electron) return tokenChild()
  const { tokenProcess } = await import('./token-process.ts')
  return tokenProcess(fileURLToPath(builtTokenWorker()))
}
