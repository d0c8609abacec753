import type { ServerKind, ServerWish } from './server-wish.ts'

export type ConfigurationFile = {
  /** What to call it, and where it belongs by default. */
  name: string
  /** Of the comments and words in it, for showing it. */
  language: 'nginx' | 'apache' | 'haproxy' | 'caddy' | 'yaml' | 'javascript' | 'java' | 'go' | 'shell'
  text: string
}

export type ServerConfiguration = {
  server: ServerKind
  /** As people call it. */
  name: string
  /** Versions and modules. */
  needs: string
  files: ConfigurationFile[]
  /** Shell lines to run before, such as to join files. */
  prepare: string[]
  check: string | null
  /** A command; null where changed files count by themselves, or `caveats` say how. */
  reload: string | null
  /** What this server cannot do, or does otherwise than one would think. One sentence or two each. */
  caveats: string[]
  /** With which version our tests start this file and check its door; null where they do not. */
  proven: string | null
  /** Are revoked certificates refused? False where the server reads no list, or none was named. */
  refusesRevoked: boolean
}

/** Writes the configuration of one kind of server. */
export type Configure = (wish: ServerWish) => Omit<ServerConfiguration, 'server' | 'name'>
