import { afterAll, describe, expect, it } from 'vitest'
import { readAddress, serverChain } from '../../electron/tls/server-chain.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import { allParts } from '../support/inspect-all-parts.ts'
import { closeHere, proxyServer } from '../support/proxy-servers.ts'
import { codeOf, openTestDesk, value } from '../support/test-means.ts'
import { closeAll, freePort, nodeServer, opensslServer, type ServerFiles } from '../support/test-servers.ts'
import { issue } from '../support/throwaway-pki.ts'

const root = issue({ subject: ['CN=Server Root'], isCa: true })
const middle = issue({ subject: ['CN=Server Middle'], isCa: true, issuer: root })
const leaf = issue({ subject: ['CN=localhost'], issuer: middle, sans: ['DNS:localhost', 'IP:127.0.0.1'] })
const stranger = issue({ subject: ['CN=Stranger'], isCa: true })
const files = (...certificates: { pem: string }[]): ServerFiles => ({
  cert: certificates.map(({ pem }) => pem).join(''),
  key: leaf.keyPem,
})

afterAll(closeAll)
afterAll(closeHere)

const never = new AbortController().signal
const dersOf = (bytes: Uint8Array) => pemBlocks(new TextDecoder().decode(bytes)).map(({ der }) => Buffer.from(der))

describe('the certificates that a server sends', () => {
  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'are read in the order it sends them, however odd, over %s',
    async (version) => {
      const limits = version === 'TLSv1.2' ? { maxVersion: version } : { minVersion: version }
      const { port } = await opensslServer({ ...files(leaf, root, stranger, middle), ...limits })
      const { file, bytes } = value(await serverChain(`127.0.0.1:${port}`, never))
      expect(file).toBe(`127.0.0.1:${port}`)
      expect(dersOf(bytes)).toEqual([leaf, root, stranger, middle].map(({ der }) => Buffer.from(der)))
    },
  )

  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'are read although it refuses who has no certificate, over %s',
    async (version) => {
      const limits = version === 'TLSv1.2' ? { maxVersion: version } : { minVersion: version }
      const { port } = await opensslServer({ ...files(leaf, middle), ...limits, clientCa: root.pem })
      const { bytes } = value(await serverChain(`https://localhost:${port}/some/path`, never))
      expect(dersOf(bytes)).toHaveLength(2)
    },
  )

  it('are read through the proxy of the settings, or the refusal names the proxy', async () => {
    const { port } = await opensslServer(files(leaf, middle))
    const proxy = await proxyServer()
    const desk = openTestDesk()
    value(await desk.call('changeSettings', { proxy: { by: 'address', url: proxy.address } }))
    const all = await allParts(desk, { from: 'address', address: `localhost:${port}` })
    expect(all.rows).toHaveLength(2)
    expect(proxy.asked).toEqual([`CONNECT localhost:${port}`])
    const gone = `127.0.0.1:${await freePort()}`
    value(await desk.call('changeSettings', { proxy: { by: 'address', url: `http://${gone}` } }))
    const source = { from: 'address', address: `localhost:${port}` } as const
    expect(await desk.call('startInspection', { work: 'w', source })).toMatchObject({
      problem: { code: 'address.unreached', says: `Nothing listens at the proxy ${gone}.` },
    })
  })

  it('are inspected like a file of that name, with what belongs together', async () => {
    const { port } = await nodeServer('tls', files(leaf, middle))
    const desk = openTestDesk()
    const all = await allParts(desk, { from: 'address', address: ` localhost:${port} ` })
    expect(all.rows.map(({ file, facts }) => [file, facts.subject])).toEqual([
      [`localhost:${port}`, 'CN=localhost'],
      [`localhost:${port}`, 'CN=Server Middle'],
    ])
    expect(all.relations).toContainEqual({ kind: 'issued-by', a: '0', b: '1', verified: true })
  })

  it('are not to be had from what is no TLS server, and the refusal says why', async () => {
    const desk = openTestDesk()
    const ask = (address: string) =>
      desk.call('startInspection', { work: 'w', source: { from: 'address', address } }).then((answer) => {
        if (answer.ok) throw new Error('answered')
        return answer.problem
      })
    const [http, ssh, reset, closed] = await Promise.all(
      (['http', 'ssh', 'reset', 'close'] as const).map((kind) => nodeServer(kind)),
    )
    for (const { port } of [http!, ssh!]) {
      expect(await ask(`127.0.0.1:${port}`)).toMatchObject({
        code: 'address.unreached',
        says: expect.stringMatching(/does not speak TLS/),
      })
    }
    for (const { port } of [reset!, closed!]) {
      expect(await ask(`127.0.0.1:${port}`)).toMatchObject({
        code: 'address.unreached',
        says: expect.stringMatching(/closed/),
      })
    }
    expect(await ask(`127.0.0.1:${await freePort()}`)).toMatchObject({ says: expect.stringMatching(/Nothing listens/) })
    expect(await ask('nowhere.invalid:443')).toMatchObject({ says: expect.stringMatching(/not known/) })
    expect(await ask('ftp://example.com')).toMatchObject({ code: 'address.invalid' })
  })

  it('are not waited for without end, and not at all once cancelled', async () => {
    const { port } = await nodeServer('silent')
    expect(await serverChain(`127.0.0.1:${port}`, never, undefined, 300)).toMatchObject({
      problem: { says: expect.stringMatching(/did not answer/) },
    })
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 100)
    expect(codeOf(await serverChain(`127.0.0.1:${port}`, stop.signal))).toBe('app.cancelled')
  })
})

describe('an address', () => {
  it.each([
    ['api.example.com:443', 'api.example.com', 443],
    ['https://api.example.com', 'api.example.com', 443],
    ['https://api.example.com:8443/v1?x=1#y', 'api.example.com', 8443],
    ['[::1]:8443', '::1', 8443],
    ['127.0.0.1:1', '127.0.0.1', 1],
    ['bücher.example:443', 'xn--bcher-kva.example', 443],
  ])('is %s', (text, host, port) => {
    expect(readAddress(text)).toMatchObject({ host, port })
  })

  it.each([
    'api.example.com',
    'client.crt',
    'C:\\certs\\client.crt',
    './folder:443/x',
    'https://user:secret@example.com',
    'http://example.com:80',
    'example.com:99999',
    'a b:443',
    ':443',
    '',
  ])('is not “%s”', (text) => {
    expect(readAddress(text)).toBeNull()
  })
})
