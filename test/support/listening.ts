import {
  type Listener,
  type ListenerOptions,
  type NewArrival,
  startListener,
} from '../../electron/webhooks/listener.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import { listenerUrl } from '../../shared/webhooks/setup.ts'
import type { Cast } from './mtls-cast.ts'
import { run, scratch } from './tools.ts'

/** A listener on loopback with what it was told, for tests that call it with real programs. */
export async function listening(cast: Cast, change: Partial<ListenerOptions> = {}) {
  const arrivals: NewArrival[] = []
  const waiting: ((arrival: NewArrival) => void)[] = []
  const started = await startListener({
    provider: 'truv',
    address: '127.0.0.1',
    port: 0,
    server: { cert: cast.serverPem, key: cast.server.keyPem, name: 'the test' },
    demand: { by: { roots: [cast.clientRoot.der] }, crls: pemBlocks(cast.crl).map(({ der }) => der) },
    acceptable: [cast.clientRoot.pem],
    refusal: 'answer',
    minVersion: 'TLSv1.2',
    keepSecrets: false,
    answer: { status: 200, contentType: 'application/json', body: '{"received":true}', delayMs: 0 },
    now: () => new Date(),
    onArrival(arrival) {
      const next = waiting.shift()
      if (next) next(arrival)
      else arrivals.push(arrival)
    },
    ...change,
  })
  if (!started.ok) throw new Error(started.problem.code)
  const listener: Listener = started.value
  const files = scratch()
  files.put('ca.pem', cast.serverRoot.pem)
  for (const [name, { certificate, chain, key }] of Object.entries(cast.clients)) {
    files.put(`${name}.pem`, certificate.pem + chain.map(({ pem }) => pem).join(''))
    files.put(`${name}.key`, key ?? certificate.keyPem)
  }
  return {
    listener,
    url: listenerUrl('127.0.0.1', listener.port),
    file: files.path,
    /** The next arrival, the oldest that was not asked for yet. */
    next: (): Promise<NewArrival> => {
      const [first] = arrivals.splice(0, 1)
      if (first) return Promise.resolve(first)
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('nothing arrived')), 8000)
        waiting.push((arrival) => {
          clearTimeout(timer)
          resolve(arrival)
        })
      })
    },
    curl: (client: string | null, ...args: string[]) =>
      run('curl', [
        ...['-sS', '--noproxy', '*', '--cacert', files.path('ca.pem'), '--max-time', '8'],
        ...(client === null ? [] : ['--cert', files.path(`${client}.pem`), '--key', files.path(`${client}.key`)]),
        ...args,
      ]),
    async close() {
      await listener.close()
      files.remove()
    },
  }
}
