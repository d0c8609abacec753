import type { Attempt } from './attempt.ts'

/** Host and port of an attempt’s address, as they were called; an address that is none answers itself. */
export function targetOf({ url }: Pick<Attempt, 'url'>): { host: string; port: string } {
  if (!URL.canParse(url)) return { host: url, port: '' }
  const { hostname, port } = new URL(url)
  return { host: hostname, port: port || '443' }
}
