import type { PolicySection } from '../../shared/policy/policy.ts'
import type { Problem } from '../../shared/problems.ts'
import { enforce } from '../policy/in-force.ts'
import { loadPolicy } from '../policy/load-policy.ts'
import { brokenPolicy } from '../policy/refusals.ts'

/** What each command needs to know of a policy before it starts; the rest is asked where it is decided. */
const needs: Record<string, readonly PolicySection[]> = {
  test: ['trust', 'proxy'],
  doctor: ['trust', 'proxy'],
  door: ['trust', 'proxy'],
  sign: ['trust', 'proxy'],
  request: ['providers', 'export', 'passphrase'],
  'self-sign': ['providers', 'export', 'passphrase'],
  import: ['providers'],
  renew: ['providers'],
  providers: ['providers'],
  bundle: ['export', 'passphrase'],
  convert: ['export', 'passphrase'],
  export: ['export', 'passphrase'],
  backup: ['passphrase'],
}

/** Reads the policy of this computer, puts it in force for this command, and tells why the command cannot run under it. */
export const refusedByPolicy = (command: string): Problem | null =>
  brokenPolicy(enforce(loadPolicy()), ...(needs[command] ?? []))
