import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cast, makeCast } from '../support/mtls-cast.ts'
import { closeAll } from '../support/test-servers.ts'
import { judge, modes, placeOf, truth } from '../support/verdict-matrix.ts'
import { everydayServers } from '../support/verdict-servers.ts'

/**
 * What each server says to each client certificate, and what we make of it: from one attempt, with further connections,
 * and with another identity at hand. `npm run bench:verdicts` plays the same with more server programs.
 */
const { here, missing } = everydayServers()
const versions = { '1.2': { maxVersion: 'TLSv1.2' }, '1.3': { minVersion: 'TLSv1.3' } } as const
const plays = here.flatMap((kind) =>
  kind.versions.map((version) => ({ ...kind, version, name: `${kind.name} ${version}` })),
)

let cast: Cast
const tally: string[] = []

beforeAll(() => {
  cast = makeCast()
})
afterAll(async () => {
  await closeAll()
  const { electron, node, openssl } = process.versions
  const library = electron ? 'BoringSSL' : `OpenSSL ${openssl}`
  const engine = `engine: ${electron ? `Electron ${electron}` : `Node ${node}`}, ${library}`
  const away = missing.length > 0 ? `not here: ${missing.join(', ')}\n` : ''
  process.stdout.write(`verdicts, ${engine}, right first (${modes.join(' / ')}):\n${tally.join('\n')}\n${away}`)
})

describe.each(plays)('against $name', ({ letsIn, make, name, version }) => {
  it('names the cause of every refusal first or among the first three, and never calls one ok', async () => {
    const { clientRoot, crl, server, serverPem } = cast
    const files = { cert: serverPem, key: server.keyPem, clientCa: clientRoot.pem, crl, ...versions[version] }
    const { port } = await make(files)
    const first = { 'one attempt': 0, 'further connections': 0, 'and another identity': 0 }
    const wrong: string[] = []
    for (const [who, cause] of Object.entries(truth)) {
      const { attempt, verdicts } = await judge(cast, `https://localhost:${port}/`, cast.clients[who])
      // A certificate that does not even load here is refused, whatever the server would let in.
      const expected = letsIn.includes(who) && attempt.address !== undefined ? 'ok' : cause
      for (const mode of modes) {
        const verdict = verdicts[mode]
        const place = placeOf(verdict, expected)
        if (place === 1) first[mode]++
        if (place === 0 || place > 3) wrong.push(`${who}, ${mode}: ${verdict.causes.map(({ code }) => code)}`)
        expect(verdict.outcome === 'accepted', `${who}, ${mode}`).toBe(expected === 'ok')
      }
    }
    const cells = Object.keys(truth).length
    tally.push(`${name}: ${modes.map((mode) => first[mode]).join(' / ')} of ${cells}`)
    expect(wrong).toEqual([])
    expect(first['one attempt'] / cells).toBeGreaterThanOrEqual(0.85)
    expect(first['and another identity'] / cells).toBeGreaterThanOrEqual(0.95)
  })
})
