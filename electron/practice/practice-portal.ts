import type { Profile } from '../../shared/providers/profile.ts'
import type { Counter, Outcome } from './counter.ts'
import type { Answer, Asked } from './loopback-server.ts'
import type { Register } from './register.ts'

/**
 * The practice provider's portal: HTTPS without a client certificate, for scripts and curl.
 *
 * - `POST /requests`: a signing request as PEM; 201 with certificate and issuer as PEM, or 422 with the findings.
 * - `POST /certificates`: a certificate to put on file, as PEM or as JSON `{ "mtlsCert": "…" }`; 201 or 422.
 * - `GET /certificates`, `DELETE /certificates/<sha256>`: what is active; take one back.
 * - `GET /ca.crt`: the CA of the server certificates. `GET /client-ca.crt`: the one that signs clients.
 */
export function practicePortal(
  profile: Profile,
  counter: Counter,
  register: Register,
  pems: { serverCaPem: string; clientCaPem: string },
  now: () => Date,
) {
  return async (asked: Asked): Promise<Answer> => {
    const { method, path } = asked
    const get = method === 'GET' || method === 'HEAD'
    if (path === '/') return get ? { status: 200, body: help(profile) } : wrongMethod('GET')
    if (path === '/ca.crt') return get ? pem(200, pems.serverCaPem) : wrongMethod('GET')
    if (path === '/client-ca.crt') return get ? pem(200, pems.clientCaPem) : wrongMethod('GET')
    if (path === '/requests') {
      if (method !== 'POST') return wrongMethod('POST')
      return answer(await counter.take(asked.body))
    }
    if (path === '/certificates') {
      if (get) return { status: 200, body: { practice: true, certificates: register.active(now()) } }
      if (method !== 'POST') return wrongMethod('GET, POST')
      return upload(profile, counter, asked.body)
    }
    const one = /^\/certificates\/([0-9a-f]{64})$/.exec(path)
    if (one !== null) {
      if (method !== 'DELETE') return wrongMethod('DELETE')
      return register.revoke(one[1]!)
        ? { status: 200, body: { practice: true, removed: one[1] } }
        : { status: 404, body: { practice: true, error: 'No such certificate is on file.' } }
    }
    return { status: 404, body: { practice: true, error: 'There is nothing at this address. GET / lists what is.' } }
  }
}

async function upload(profile: Profile, counter: Counter, body: string): Promise<Answer> {
  if (!body.trimStart().startsWith('{')) return answer(await counter.take(body))
  let fields: Record<string, unknown>
  try {
    fields = JSON.parse(body) as Record<string, unknown>
  } catch {
    return { status: 400, body: { practice: true, error: 'The body is neither PEM nor JSON.' } }
  }
  if (typeof fields.mtlsCert !== 'string')
    return { status: 400, body: { practice: true, error: 'The JSON has no text “mtlsCert”.' } }
  if (fields.csr !== undefined) {
    const words = profile.refusals.find((one) => one.code === 'upload.request-beside-certificate')
    const says = words?.says ?? 'Send either a certificate (mtlsCert) or a request (csr).'
    return answer({
      ok: false,
      says,
      findings: [{ code: 'upload.request-beside-certificate', severity: 'refuses', message: says }],
    })
  }
  return answer(await counter.take(fields.mtlsCert))
}

function answer(outcome: Outcome): Answer {
  if (outcome.ok) return pem(201, outcome.certificatePem)
  return { status: 422, body: { practice: true, refused: true, says: outcome.says, findings: outcome.findings } }
}

const pem = (status: number, body: string): Answer => ({
  status,
  headers: { 'content-type': 'application/x-pem-file' },
  body,
})

const wrongMethod = (allow: string): Answer => ({
  status: 405,
  headers: { allow },
  body: { practice: true, error: `This address takes ${allow}.` },
})

const help = (profile: Profile) => `Practice ${profile.name}: a local stand-in made by Countersign, not ${profile.name}.

POST   /requests               a signing request (CSR), PEM: answers the certificate, or why not
POST   /certificates           a certificate to put on file, PEM or JSON {"mtlsCert": "..."}
GET    /certificates           what is active
DELETE /certificates/<sha256>  take one back
GET    /ca.crt                 trust this when you call the practice API
GET    /client-ca.crt          the authority that signs client certificates here
`
