import { serverChangeWords } from '../../shared/expiry/server-change.ts'
import { pemBlocks, toPem } from '../../shared/pki/pem.ts'
import type { Means } from '../means.ts'
import type { EndpointFile } from './endpoint-file.ts'

const dayMs = 86_400_000
const atOnce = 4

type Notice = { title: string; body: string; identity?: string }

/** Under another name, or at another address, a look would see another server than the test did. */
const canBeLookedAt = ({ options }: EndpointFile) =>
  options?.connectTo === undefined && options?.serverName === undefined

/**
 * Looks at the certificates of watched servers that were not seen for a day, without showing one: `null` when none was
 * due. Answers what to tell of those that changed.
 */
export async function lookAtServers(
  means: Pick<Means, 'history' | 'serverChain' | 'now' | 'settings' | 'proxies'>,
  most: number,
  signal: AbortSignal,
): Promise<Notice[] | null> {
  const now = means.now()
  const seenAt = ({ server, lines }: EndpointFile) => Date.parse(server?.seenAt ?? lines[0]?.at ?? '')
  const isDue = (file: EndpointFile) => Math.abs(now.getTime() - seenAt(file)) >= dayMs
  const due = (await means.history.watched()).filter((file) => canBeLookedAt(file) && isDue(file)).slice(0, most)
  if (due.length === 0) return null
  const notices: Notice[] = []
  let next = 0
  const worker = async () => {
    while (next < due.length && !signal.aborted) {
      const file = due[next++] as EndpointFile
      const host = file.host.includes(':') ? `[${file.host}]` : file.host
      const proxy = file.options?.proxy ?? means.settings.read().proxy
      const wayTo = (url: string) => means.proxies.wayTo(url, proxy)
      const seen = await means.serverChain(`${host}:${file.port}`, signal, wayTo)
      if (!seen.ok) continue
      const pems = pemBlocks(new TextDecoder().decode(seen.value.bytes)).flatMap(({ der }) =>
        der ? [toPem('CERTIFICATE', der)] : [],
      )
      if (!(await means.history.saw(file.id, pems, now))) continue
      const change = (await means.history.find(file.id))?.server?.change
      if (change) notices.push({ ...serverChangeWords(change, file.host), identity: file.identity ?? undefined })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return notices
}
