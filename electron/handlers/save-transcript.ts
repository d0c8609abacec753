import { ok, refuse } from '../../shared/result.ts'
import type { TranscriptFormat } from '../../shared/tls/kept-attempts.ts'
import { transcriptText } from '../../shared/tls/transcript-text.ts'
import { writeForUser } from '../files.ts'
import type { AttemptRead } from '../history/attempt-store.ts'
import type { Handlers } from '../ipc.ts'
import type { Means } from '../means.ts'

const kinds: Record<TranscriptFormat, { ending: string; name: string }> = {
  text: { ending: 'txt', name: 'Text' },
  json: { ending: 'json', name: 'JSON' },
  pcapng: { ending: 'pcapng', name: 'Packet capture' },
  'pcapng-with-secrets': { ending: 'pcapng', name: 'Packet capture' },
  keylog: { ending: 'keylog.txt', name: 'Key log (SSLKEYLOGFILE)' },
}

/** Writes what is known of an attempt where the user says: as text, as JSON, or what went over the wire. */
export const saveTranscript =
  (means: Means): Handlers['saveTranscript'] =>
  async ({ attempt, as }) => {
    const read = await means.history.read(attempt)
    if (!read.ok) return read
    const content = await contentOf(means, read.value, as)
    if (content === undefined) return refuse({ code: 'history.capture-gone' })
    const { ending, name } = kinds[as]
    const path = await means.ask.saveAs({
      title: 'Save the test',
      name: `${read.value.endpoint.host}-${read.value.line.at.slice(0, 10)}.${ending}`,
      filters: [{ name, extensions: [ending] }],
    })
    if (path === null) return ok({ saved: null })
    const problem = await writeForUser(path, content, 0o600)
    return problem ? refuse(problem) : ok({ saved: path })
  }

async function contentOf(means: Means, { attempt, verdict, line }: AttemptRead, as: TranscriptFormat) {
  if (as === 'text') return transcriptText(attempt, verdict)
  if (as === 'json') return `${JSON.stringify({ attempt, verdict }, null, 2)}\n`
  const wire = means.captures.find(line.id)
  if (!wire) return undefined
  if (as === 'keylog') {
    const { keylogText } = await import('../../shared/tls/keylog.ts')
    return keylogText(wire.keylog)
  }
  const { writeCapture } = await import('../../shared/tls/capture.ts')
  return writeCapture(wire, { secrets: as === 'pcapng-with-secrets' })
}
