import { networkInterfaces } from 'node:os'
import { isLoopback } from '../../shared/webhooks/setup.ts'

/** Addresses to listen on, loopback first. Link-local IPv6 needs a zone that certificates and callers cannot have. */
export function listenerAddresses(): { address: string; name: string; kind: 'loopback' | 'network' }[] {
  const found = Object.entries(networkInterfaces()).flatMap(([name, addresses = []]) =>
    addresses
      .filter(({ address }) => !address.toLowerCase().startsWith('fe80:'))
      .map(({ address, internal }) => ({
        address,
        name,
        kind: internal || isLoopback(address) ? ('loopback' as const) : ('network' as const),
      })),
  )
  return found.sort((a, b) => Number(a.kind === 'network') - Number(b.kind === 'network')).slice(0, 100)
}
