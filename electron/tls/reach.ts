import type { Socket } from 'node:net'
import type { RecordedWire } from '../../shared/tls/recorded-wire.ts'
import { dial, resolveHost } from './dial.ts'
import type { Target } from './probe-options.ts'
import type { HttpProxy } from './proxy-address.ts'
import { tunnelThrough } from './proxy-tunnel.ts'
import { connectedStep, resolvedStep } from './step-words.ts'
import type { Steps } from './steps.ts'

/** A connection to the host of an attempt, or through its proxy: then the proxy looks the name up. */
export async function reach(
  target: Target,
  proxy: HttpProxy | null | undefined,
  steps: Steps,
  signal: AbortSignal,
): Promise<{ socket: Socket; address?: string }> {
  const { host, port, family } = target
  if (proxy) {
    steps.begin('connect')
    steps.add('resolve', 'skipped', `Left to the proxy: ${host}`)
    const socket = await tunnelThrough(proxy, target, signal)
    steps.add('connect', 'done', `${host}, port ${port}, through the proxy ${proxy.address}`)
    return { socket }
  }
  steps.begin('resolve')
  const addresses = await resolveHost(host, signal, family)
  steps.add('resolve', 'done', resolvedStep(target, addresses))
  steps.begin('connect')
  const { socket, tried } = await dial(addresses, port, signal)
  const address = socket.remoteAddress ?? addresses[0]
  steps.add('connect', 'done', connectedStep(address ?? host, port, tried))
  return { socket, ...(address === undefined ? {} : { address }) }
}

/** Both ends of a connection, as a capture names them. */
export function endsOf(socket: Socket): Pick<RecordedWire, 'local' | 'remote'> {
  return {
    local: { address: socket.localAddress ?? '', port: socket.localPort ?? 0 },
    remote: { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 },
  }
}
