import type { IncomingMessage } from 'node:http'
import type { WebhookSignature } from '../../shared/providers/profile.ts'
import type { Arrival, SignatureVerdict } from '../../shared/webhooks/arrival.ts'
import { withoutSecretHeaders } from '../../shared/webhooks/secret-headers.ts'
import { checkSignature } from '../../shared/webhooks/signature.ts'

/** Webhooks have a few KiB. The signature is of all that came; the list keeps the beginning. */
const mostBody = 1024 * 1024
const mostKept = 256 * 1024

export type Taken = {
  request: Pick<Arrival, 'method' | 'path' | 'headers' | 'masked' | 'body' | 'bodyForm' | 'bodyCut' | 'bodyBytes'>
  signed?: SignatureVerdict
  tooLarge: boolean
  /** The caller left before its body was whole. */
  cut: boolean
}

type How = {
  signature: { rule: WebhookSignature; secret?: string } | undefined
  secretProven: boolean
  keepSecrets: boolean
}

/** Reads one request to its end, checks the signature of its body, and puts it as it may be kept. */
export async function takeRequest(message: IncomingMessage, how: How): Promise<Taken> {
  const body = await readBody(message)
  const { signature, secretProven, keepSecrets } = how
  const headers = pairsOf(message.rawHeaders)
  const kept = keepSecrets ? { headers, masked: [] } : withoutSecretHeaders(headers)
  const text = textOf(body.bytes.subarray(0, mostKept), body.bytes.length > mostKept)
  const signed =
    signature && body.end === 'whole'
      ? await checkSignature({
          rule: signature.rule,
          secret: signature.secret,
          values: headers
            .filter(([name]) => name.toLowerCase() === signature.rule.header.toLowerCase())
            .map(([, v]) => v),
          body: body.bytes,
          secretProven,
        })
      : undefined
  return {
    request: {
      method: message.method ?? 'GET',
      path: (message.url ?? '/').slice(0, 4096),
      ...kept,
      body: text ?? body.bytes.subarray(0, mostKept).toString('base64'),
      bodyForm: text === null ? 'base64' : 'text',
      bodyCut: body.bytes.length > mostKept || body.end !== 'whole',
      bodyBytes: body.bytes.length,
    },
    ...(signed && { signed }),
    tooLarge: body.end === 'too-large',
    cut: body.end === 'cut',
  }
}

function pairsOf(raw: readonly string[]): [string, string][] {
  const pairs: [string, string][] = []
  for (let i = 0; i + 1 < raw.length; i += 2) pairs.push([raw[i] ?? '', raw[i + 1] ?? ''])
  return pairs
}

async function readBody(message: IncomingMessage): Promise<{ bytes: Buffer; end: 'whole' | 'too-large' | 'cut' }> {
  const parts: Buffer[] = []
  let size = 0
  try {
    for await (const part of message) {
      const chunk = part as Buffer
      size += chunk.length
      parts.push(chunk)
      // The rest stays unread: the answer says so, and the connection closes.
      if (size > mostBody) return { bytes: Buffer.concat(parts), end: 'too-large' }
    }
  } catch {
    return { bytes: Buffer.concat(parts), end: 'cut' }
  }
  return { bytes: Buffer.concat(parts), end: 'whole' }
}

/** Null where it is no UTF-8. A letter that the cut went through is left out. */
function textOf(bytes: Buffer, cut: boolean): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: cut })
  } catch {
    return null
  }
}
