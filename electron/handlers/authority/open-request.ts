import type { OpenedRequest, RequestSource } from '../../../shared/calls/signing.ts'
import { mostRequestBytes } from '../../../shared/calls/signing.ts'
import { ok, type Result, refuse } from '../../../shared/result.ts'
import { gather, gatherContents, type NamedBytes } from '../../gather.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { findIssued } from './issued-detail.ts'

const filters = [{ name: 'Signing requests (CSR)', extensions: ['csr', 'req', 'pem', 'p10', 'der', 'txt'] }]

/** Finds the signing request in whatever was dropped. It comes from anybody, so the reader takes it apart. */
export const openRequest =
  (means: Means): Handlers['openRequest'] =>
  async ({ source }) => {
    if (source.from === 'issued') return keptRequest(means, source.issued)
    const files = await filesFrom(means, source)
    if (!files.ok) return files
    if (files.value === null) return ok({ request: null })
    const found = await requestIn(means, files.value)
    return found.ok ? ok({ request: found.value }) : found
  }

async function keptRequest(means: Means, issued: string): Promise<Result<{ request: OpenedRequest }>> {
  const found = await findIssued(means, issued)
  if (!found.ok) return found
  const { requestPem, name, subject, provider, callsYou, authority, handle } = found.value
  if (requestPem === undefined) return refuse({ code: 'request.none-in-file', name, found: 'no request' })
  const before = { ...(provider && { provider }), ...(callsYou && { callsYou }), authority, renews: handle }
  return ok({ request: { name, pem: requestPem, subject, ...before } })
}

async function filesFrom(
  { ask }: Means,
  source: Exclude<RequestSource, { from: 'issued' }>,
): Promise<Result<NamedBytes[] | null>> {
  switch (source.from) {
    case 'text':
      return ok([{ file: 'pasted text', bytes: new TextEncoder().encode(source.text) }])
    case 'contents':
      return read(gatherContents(source.files))
    case 'paths':
      return read(await gather(source.paths))
    case 'choose': {
      const paths = await ask.files({ title: 'The signing request (CSR) to sign', filters, many: false })
      return paths.length === 0 ? ok(null) : read(await gather(paths))
    }
  }
}

function read({ files, leftOut }: Awaited<ReturnType<typeof gather>>): Result<NamedBytes[]> {
  const [first] = leftOut
  if (files.length === 0) return refuse(first?.problem ?? { code: 'file.empty', name: '' })
  return ok(files)
}

const words: Record<string, string> = {
  certificate: 'a certificate',
  'private-key': 'a private key',
  'public-key': 'a public key',
  crl: 'a revocation list',
  pkcs12: 'a bundle (PKCS#12)',
  pkcs7: 'a collection of certificates',
  keystore: 'a keystore',
}

/** The first request among the files; a near miss is named for what it is. */
async function requestIn(means: Means, files: readonly NamedBytes[]): Promise<Result<OpenedRequest>> {
  const reader = await means.reader()
  const looked = await reader.inspect(files, [], means.now())
  if (!looked.ok) return looked
  const { objects } = looked.value
  const request = objects.find(({ kind, pem }) => kind === 'request' && pem !== undefined)
  if (request?.pem) {
    const bytes = request.facts.bytes ?? 0
    const name = request.file
    if (bytes > mostRequestBytes) return refuse({ code: 'file.too-large', name, bytes, limit: mostRequestBytes })
    return ok({ name, pem: request.pem, subject: request.facts.subject ?? '' })
  }
  const [other] = objects
  const name = other?.file ?? files[0]?.file ?? ''
  return refuse({ code: 'request.none-in-file', name, found: words[other?.kind ?? ''] ?? 'something else' })
}
