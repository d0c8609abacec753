import type { Arrival } from './arrival.ts'

/** `0042-post-webhooks-truv`: sorts as it arrived. */
export function fixtureName({ id, method = 'get', path = '/' }: Arrival): string {
  const words = `${method}-${path.split('?')[0]}`.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  return `${String(id).padStart(4, '0')}-${words}`.slice(0, 80).replace(/-+$/, '')
}

/** The octets of the body as they came, as far as they were kept. */
export const bodyOf = ({ body, bodyForm }: Pick<Arrival, 'body' | 'bodyForm'>): Uint8Array =>
  bodyForm === 'text' ? new TextEncoder().encode(body) : Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0))

/** Of the connection, not of the request: whoever makes the call again has its own. */
const ofConnection = new Set([
  'host',
  'content-length',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'expect',
  'proxy-connection',
  'accept-encoding',
])

/** The headers that a call with the same content has. Those whose value was not kept are left out. */
export function headersAgain({ headers, masked }: Pick<Arrival, 'headers' | 'masked'>): {
  headers: { name: string; value: string }[]
  leftOut: string[]
} {
  const gone = new Set(masked.map((name) => name.toLowerCase()))
  const again = headers.filter(([name]) => !ofConnection.has(name.toLowerCase()) && !gone.has(name.toLowerCase()))
  return { headers: again.map(([name, value]) => ({ name, value })), leftOut: masked }
}

type FixtureFile = { name: string; content: Uint8Array | string }

/** What a test of one’s own server plays back: request, headers and body as files, and the curl line that sends them. */
export function fixtureOf(arrival: Arrival): FixtureFile[] {
  const { headers, leftOut } = headersAgain(arrival)
  const type = arrival.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  const body = `body.${/json/i.test(type) ? 'json' : arrival.bodyForm === 'text' ? 'txt' : 'bin'}`
  const [own] = arrival.chain
  const request = {
    method: arrival.method ?? 'GET',
    path: arrival.path ?? '/',
    headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
    body,
    bodyComplete: !arrival.bodyCut,
    receivedAt: arrival.at,
    provider: arrival.provider,
    ...(leftOut.length > 0 && { headersNotKept: leftOut }),
    ...(own && { clientCertificate: { subject: own.subject, issuer: own.issuer, sha256: own.sha256 } }),
    ...(arrival.signed && { signature: arrival.signed.state }),
    verdict: { outcome: arrival.outcome, code: arrival.code },
  }
  // The lines that curl reads by `--header @file`.
  const lines = headers.map(({ name, value }) => `${name}: ${value}`)
  return [
    { name: 'request.json', content: `${JSON.stringify(request, null, 2)}\n` },
    { name: 'headers.txt', content: `${lines.join('\n')}\n` },
    { name: body, content: bodyOf(arrival) },
    { name: 'curl.sh', content: curlScript(arrival, body) },
    ...(own ? [{ name: 'client-certificate.pem', content: arrival.chain.map(({ pem }) => pem).join('') }] : []),
  ]
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

function curlScript({ method = 'GET', path = '/' }: Arrival, body: string): string {
  const options = [
    '--cert "$CERT"',
    '--key "$KEY"',
    '--cacert "$CA"',
    `--request ${quoted(method)}`,
    '--header @"$here/headers.txt"',
    ...(method === 'GET' || method === 'HEAD' ? [] : [`--data-binary @"$here/${body}"`]),
  ]
  return [
    '#!/bin/sh',
    '# Sends this webhook again: CERT=client.pem KEY=client.key CA=ca.pem sh curl.sh https://localhost:9443',
    'here=$(dirname "$0")',
    `curl --globoff ${options.join(' \\\n  ')} \\\n  "\${1:?say where to send it}"${quoted(path)}`,
    '',
  ].join('\n')
}
