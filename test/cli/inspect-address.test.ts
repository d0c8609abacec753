import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countersign, freePort } from '../support/cli.ts'
import { closeAll, nodeServer } from '../support/test-servers.ts'
import { issue } from '../support/throwaway-pki.ts'

const root = issue({ subject: ['CN=Root'], isCa: true })
const leaf = issue({ subject: ['CN=localhost'], issuer: root, sans: ['DNS:localhost'], purposes: ['serverAuth'] })

let cwd: string
let port: number
beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'inspect-'))
  port = (await nodeServer('tls', { cert: leaf.pem + root.pem, key: leaf.keyPem, clientCa: root.pem })).port
})
afterAll(async () => {
  await closeAll()
  rmSync(cwd, { recursive: true })
})

type Inspected = { file: string; facts: { subject?: string }; problem: { code: string } | null }[]

describe('inspect, of a server', () => {
  it('tells the certificates that it sends, under host and port', async () => {
    for (const address of [`localhost:${port}`, `https://localhost:${port}/path`]) {
      const { code, json } = await countersign(['inspect', address, '--json'], { cwd })
      const found = json() as Inspected
      expect(found.map(({ file, facts }) => [file, facts.subject])).toEqual([
        [`localhost:${port}`, 'CN=localhost'],
        [`localhost:${port}`, 'CN=Root'],
      ])
      expect(code).toBe(0)
    }
  })

  it('names one that cannot be reached, with what to do', async () => {
    const address = `localhost:${await freePort()}`
    const { code, json, out } = await countersign(['inspect', address, '--json'], { cwd })
    expect(json() as Inspected).toMatchObject([{ file: address, problem: { code: 'address.unreached' } }])
    expect(out).toContain('Check the port')
    expect(code).toBe(1)
  })

  it('reads a file of that name instead, where there is one', async () => {
    const name = `localhost:${port}`
    writeFileSync(join(cwd, name), root.pem)
    const { json } = await countersign(['inspect', name, '--json'], { cwd })
    expect((json() as Inspected).map(({ facts }) => facts.subject)).toEqual(['CN=Root'])
    rmSync(join(cwd, name))
  })

  it('is said in the help', async () => {
    expect((await countersign(['inspect', '--help'], { cwd })).out).toContain('api.example.com:443')
  })
})
