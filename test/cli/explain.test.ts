import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ExplainOut, TestOut } from '../../electron/cli/output.ts'
import { countersign } from '../support/cli.ts'
import { identityOf, makeCast } from '../support/mtls-cast.ts'
import { closeAll, nodeServer, scratchFolder } from '../support/test-servers.ts'

let cwd: string
const cast = makeCast()
const run = (args: string[], stdin?: string) => countersign(args, { cwd, stdin })
const explained = async (args: string[], stdin?: string) => {
  const ran = await run(['explain', ...args, '--json'], stdin)
  return { ...ran, told: ExplainOut.parse(ran.json()) }
}

const noStartLine = 'Error: error:0480006C:PEM routines::no start line\n    at node:internal/tls/secure-context:70:13'

beforeAll(() => {
  cwd = scratchFolder()
  const put = (name: string, text: string | Uint8Array) => writeFileSync(join(cwd, name), text)
  const { certificatePem, keyPem } = identityOf(cast.clients.good!)
  put('client.crt', certificatePem)
  put('client.key', keyPem)
  put('expired.crt', cast.clients.expired!.certificate.pem)
  put('client.der', cast.clients.good!.certificate.der)
  put('empty.crt', '')
  put('ca.crt', cast.serverRoot.pem)
  put('error.txt', noStartLine)
  execFileSync('openssl', ['req', '-new', '-key', 'client.key', '-subj', '/CN=x', '-out', 'client.csr'], { cwd })
})
afterAll(closeAll)

describe('countersign explain', () => {
  it('reads a text from standard input, from a file, and from -', async () => {
    for (const [args, stdin] of [
      [[], noStartLine],
      [['error.txt'], ''],
      [['-'], noStartLine],
    ] as const) {
      const { code, told } = await explained([...args], stdin)
      expect(code).toBe(0)
      expect(told.rows.length).toBeGreaterThan(10)
      expect(told.rows.every(({ fits }) => fits === 'possible')).toBe(true)
    }
  })

  it.each([
    ['client.csr', 'client.key', 'file.is-request'],
    ['client.key', 'client.crt', 'file.swapped'],
    ['client.der', 'client.key', 'file.is-binary'],
    ['empty.crt', 'client.key', 'file.empty'],
  ])('names what %s with %s really is, and rules the others out', async (cert, key, cause) => {
    const { told } = await explained(['--cert', cert, '--key', key], noStartLine)
    expect(told.rows[0]).toMatchObject({ code: cause, fits: 'likely' })
    expect(told.rows.filter(({ fits }) => fits !== 'ruled-out')).toHaveLength(1)
  })

  it('tells a person the same, with the reason of each', async () => {
    const { code, out } = await run(['explain', '--cert', 'expired.crt'], 'remote error: tls: bad certificate')
    expect(code).toBe(0)
    expect(out).toMatch(/^Recognised, in the words of Go: “error: tls: bad certificate”/)
    expect(out).toMatch(/likely {2}Your certificate has expired {2}client\.expired/)
    expect(out).toMatch(/Ruled out:[\s\S]*client\.self-signed: It was issued by/)
  })

  it('says so when nothing is known, and what to give instead', async () => {
    const { code, told } = await explained([], 'it does not work')
    expect(code).toBe(1)
    expect(told).toMatchObject({ rows: [], says: expect.stringMatching(/whole line of the error/) })
  })

  it('weighs a text against an earlier test, and judges a capture of it', async () => {
    const files = { cert: cast.serverPem, key: cast.server.keyPem, clientCa: cast.clientRoot.pem }
    const { port } = await nodeServer('tls', files)
    const call = ['test', `https://localhost:${port}/`, '--cert', 'expired.crt', '--ca', 'ca.crt', '--proxy', 'none']
    writeFileSync(join(cwd, 'expired.key'), cast.clients.expired!.certificate.keyPem)
    const tested = await run([...call, '--key', 'expired.key', '--pcap', 'refused.pcapng', '--json'])
    expect(TestOut.parse(tested.json()).verdict.cause).toBe('client.expired')
    writeFileSync(join(cwd, 'test.json'), tested.out)
    const { told } = await explained(['--cert', 'expired.crt', '--test', 'test.json'], 'Error: socket hang up')
    expect(told.rows[0]).toMatchObject({ code: 'client.expired', fits: 'likely' })
    const capture = await explained(['--pcap', 'refused.pcapng'])
    expect(capture.code).toBe(1)
    expect(capture.told.connections?.map(({ verdict }) => verdict.cause)).toContain('client.expired')
    expect(readFileSync(join(cwd, 'refused.pcapng')).length).toBeGreaterThan(1000)
  })

  it('refuses what it cannot read', async () => {
    expect((await run(['explain', 'nowhere.txt'])).code).toBe(1)
    expect((await run(['explain', '--keylog', 'x'])).code).toBe(2)
    expect((await run(['explain', '--test', 'error.txt'], 'x')).code).toBe(1)
  })
})

describe('a file that cannot be used', () => {
  it.each([
    [['--cert', 'client.csr', '--key', 'client.key'], 'file.is-request'],
    [['--cert', 'client.key', '--key', 'client.key'], 'file.is-key'],
    [['--cert', 'client.key', '--key', 'client.crt'], 'file.swapped'],
    [['--cert', 'client.crt', '--key', 'client.crt'], 'file.is-certificate'],
    [['--cert', 'client.crt', '--key', 'client.csr'], 'file.is-request'],
    [['--cert', 'empty.crt', '--key', 'client.key'], 'file.empty'],
    [['--cert', 'nowhere.crt', '--key', 'client.key'], 'file.not-found'],
    [['--cert', 'error.txt', '--key', 'client.key'], 'file.is-something-else'],
  ])('is the verdict of a test: %j is %s', async (files, cause) => {
    const ran = await run(['test', 'https://localhost:1/', ...files, '--json'])
    const { steps, verdict } = TestOut.parse(ran.json())
    expect(verdict).toMatchObject({ outcome: 'refused', cause })
    expect(verdict.causes[0]?.because).toMatch(/Nothing was sent\.$/)
    expect(steps).toEqual([])
  })
})
