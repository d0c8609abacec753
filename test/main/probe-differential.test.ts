import { createServer as createHttps } from 'node:https'
import type { TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Differential, tellApart } from '../../electron/tls/differential.ts'
import { type ProbeOptions, probe } from '../../electron/tls/probe.ts'
import { spareIssuers } from '../../electron/tls/spare-issuers.ts'
import { readCertificate } from '../../shared/pki/certificate.ts'
import { ProbeResult, type ProbeRun } from '../../shared/tls/attempt.ts'
import { diagnose } from '../../shared/tls/diagnose.ts'
import { type Cast, type Client, identityOf, makeCast } from '../support/mtls-cast.ts'
import { closeHere, listenHere } from '../support/proxy-servers.ts'
import { closeAll, nodeServer, opensslServer } from '../support/test-servers.ts'

let cast: Cast
beforeAll(() => {
  cast = makeCast()
})
afterAll(async () => {
  await closeHere()
  await closeAll()
})

const clientOf = (name: string): Client => {
  const client = cast.clients[name]
  if (!client) throw new Error(name)
  return client
}
const factsOf = (der: Uint8Array) => readCertificate(der)?.facts ?? {}

/** A refused attempt and what further connections make of it. */
async function explained(
  port: number,
  who: string,
  change: Partial<Differential> = {},
  made: Partial<ProbeOptions> = {},
) {
  const client = clientOf(who)
  const options: ProbeOptions = {
    url: `https://localhost:${port}/orders/4711?token=very-secret`,
    method: 'POST',
    headers: [{ name: 'Authorization', value: 'very-secret' }],
    body: 'very-secret',
    identity: identityOf(client),
    trust: { caPem: cast.serverRoot.pem },
    timeoutMs: 3000,
    ...made,
  }
  const context = {
    certificate: factsOf(client.certificate.der),
    chain: client.chain.map(({ der }) => factsOf(der)),
    now: new Date(),
  }
  const attempt = await probe(options)
  const verdict = diagnose(attempt, context)
  const lists: ProbeRun[][] = []
  const results = await tellApart({
    made: options,
    attempt,
    verdict,
    path: '/orders/4711',
    spare: { pem: [], named: '' },
    others: [],
    probe,
    judge: (one) => diagnose(one, { now: new Date() }),
    onProbes: (list) => lists.push(list),
    signal: new AbortController().signal,
    ...change,
  })
  return { attempt, verdict, results, lists, after: diagnose(attempt, { ...context, probes: results }) }
}

const files = (change = {}) => ({
  cert: cast.serverPem,
  key: cast.server.keyPem,
  clientCa: cast.clientRoot.pem,
  ...change,
})

describe('further connections', () => {
  it('find the missing intermediate, one after the other, and tell as they run', async () => {
    const { port } = await nodeServer('tls', files())
    const spare = await spareIssuers(clientOf('missing intermediate').certificate.der, 0, [
      cast.otherRoot.der,
      cast.clientRoot.der,
      cast.clientCa.der,
      clientOf('good with intermediate').chain[0]?.der ?? new Uint8Array(),
    ])
    expect(spare.named).toBe('CN=Acme Client Issuing CA,O=Acme Pay,C=GB')
    const { results, lists, after } = await explained(port, 'missing intermediate', { spare })
    expect(results.map(({ probe: name, outcome }) => [name, outcome])).toEqual([
      ['without-certificate', 'refused'],
      ['with-intermediates', 'accepted'],
      ['tls-1.2', 'refused'],
    ])
    for (const result of results) expect(ProbeResult.parse(result)).toEqual(result)
    expect(results[1]).toMatchObject({ saw: 'HTTP 200 OK', status: 200, certificateAsked: true, tried: spare.named })
    expect(after.cause).toBe('client.missing-intermediate')
    const states = lists.map((list) => list.map(({ state }) => state))
    expect(states).toEqual([
      ['running', 'waiting', 'waiting'],
      ['done', 'waiting', 'waiting'],
      ['done', 'running', 'waiting'],
      ['done', 'done', 'waiting'],
      ['done', 'done', 'running'],
      ['done', 'done', 'done'],
    ])
    expect(lists.at(-1)?.map(({ result }) => result)).toEqual(results)
  })

  it('tell whether a redirect depends on the certificate', async () => {
    const { port } = await nodeServer('tls', files())
    const made = { url: `https://localhost:${port}/redirect`, method: 'GET', body: undefined } as const
    const strict = await explained(port, 'good', { path: '/redirect' }, made)
    expect(strict.verdict).toMatchObject({ outcome: 'unproven', cause: 'http.redirected' })
    expect(strict.results.map(({ probe: name, outcome }) => [name, outcome])).toEqual([
      ['without-certificate', 'refused'],
    ])
    expect(strict.after).toMatchObject({ outcome: 'accepted', cause: 'ok' })
    const lax = await nodeServer('tls', files({ optional: true }))
    const url = `https://localhost:${lax.port}/redirect`
    const open = await explained(lax.port, 'good', { path: '/redirect' }, { ...made, url })
    expect(open.results).toMatchObject([{ probe: 'without-certificate', outcome: 'unproven', status: 302 }])
    expect(open.after).toMatchObject({ outcome: 'unproven', cause: 'http.redirected' })
    expect(open.after.causes[0]?.because).toMatch(/Without a certificate it answers the same/)
  })

  it('look for a request for a certificate where none came and something answered', async () => {
    const { port } = await nodeServer('tls', { cert: cast.serverPem, key: cast.server.keyPem })
    const { verdict, results, after } = await explained(port, 'good')
    expect(verdict).toMatchObject({ outcome: 'unproven', cause: 'server.never-asked' })
    expect(results.map(({ probe: name, certificateAsked }) => [name, certificateAsked])).toEqual([
      ['tls-1.2', false],
      ['without-sni', false],
    ])
    expect(after).toMatchObject({ outcome: 'unproven', cause: 'server.never-asked' })
  })

  it('send nothing of the user’s: no header, body or query', async () => {
    const seen: string[] = []
    const server = createHttps(
      {
        cert: cast.serverPem,
        key: cast.server.keyPem,
        ca: cast.clientRoot.pem,
        requestCert: true,
        rejectUnauthorized: false,
      },
      (request, response) => {
        let body = ''
        request.on('data', (chunk) => {
          body += chunk
        })
        request.on('end', () => {
          seen.push(JSON.stringify([request.method, request.url, request.rawHeaders, body]))
          response.statusCode = (request.socket as TLSSocket).authorized ? 200 : 400
          response.end('<title>400 The SSL certificate error</title>')
        })
      },
    )
    const { results } = await explained(await listenHere(server), 'other CA')
    expect(results.length).toBeGreaterThan(0)
    expect(seen[0]).toContain('very-secret')
    expect(seen.slice(1).join('')).not.toContain('very-secret')
    for (const asked of seen.slice(1)) expect(asked).toMatch(/^\["GET","\/orders\/4711",/)
    expect(JSON.stringify(results)).not.toContain('very-secret')
  })

  it('try other identities, and open their keys only then', async () => {
    const { port } = await nodeServer('tls', files())
    const opened: string[] = []
    const other = (name: string, usable = true) => ({
      name,
      authority: 'other' as const,
      open: async () => {
        opened.push(name)
        return usable ? identityOf(clientOf('good')) : null
      },
    })
    const { results } = await explained(port, 'other CA', {
      others: [other('locked', false), other('good'), other('third')],
    })
    expect(opened).toEqual(['locked', 'good'])
    const last = results.at(-1)
    expect(last).toMatchObject({ probe: 'other-identity', tried: 'good', outcome: 'accepted', authority: 'other' })
    expect(results.filter(({ probe: name }) => name === 'other-identity')).toHaveLength(1)
  })

  it('find out that only the other version of TLS takes us', async () => {
    const { port } = await nodeServer('tls', files({ minVersion: 'TLSv1.3' }))
    const { verdict, results, after } = await explained(port, 'good', {}, { options: { maxVersion: 'TLSv1.2' } })
    expect(verdict.cause).toBe('tls.version')
    expect(results).toMatchObject([{ probe: 'tls-1.3', outcome: 'accepted' }])
    expect(after.cause).toBe('tls.version')
  })

  it('find out that a server can ask for signatures in TLS 1.2 only', async () => {
    const { port } = await opensslServer(files({ sigalgs: 'RSA+SHA256' }))
    const { results } = await explained(port, 'RSA')
    expect(results.map(({ probe: name, outcome }) => `${name} ${outcome}`)).toContain('tls-1.2 accepted')
  })

  it('are not made to a host that is not there, nor when the causes are settled', async () => {
    expect((await explained(1, 'good')).results).toEqual([])
    const { port } = await opensslServer(files())
    expect((await explained(port, 'expired')).results).toEqual([])
  })

  it('stop when they are cancelled, with what was found until then', async () => {
    const { port } = await nodeServer('tls', files())
    const stop = new AbortController()
    const { results } = await explained(port, 'other CA', {
      signal: stop.signal,
      onProbes: (list) => {
        if (list[1]?.state === 'running') stop.abort()
      },
    })
    expect(results).toHaveLength(1)
  })

  it('stop when the host is twice not reached', async () => {
    const { port } = await nodeServer('tls', files())
    let made = 0
    const { results } = await explained(port, 'other CA', {
      others: [{ name: 'a', open: async () => identityOf(clientOf('good')) }],
      probe: (options) => {
        made++
        return probe({ ...options, url: 'https://localhost:1/' })
      },
    })
    expect(made).toBe(2)
    expect(results.map(({ outcome }) => outcome)).toEqual(['unreachable', 'unreachable'])
  })
})
