import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPageServer, type PageAnswer } from '../../electron/app-protocol.ts'

const outside = mkdtempSync(join(tmpdir(), 'page-'))
const folder = join(outside, 'renderer')
mkdirSync(join(folder, 'assets'), { recursive: true })
writeFileSync(join(outside, 'secret.html'), 'secret')
writeFileSync(join(folder, '.hidden.html'), 'secret')
writeFileSync(join(folder, 'licences.json'), 'secret')
writeFileSync(join(folder, 'index.html'), '<meta content="__STYLE_NONCE__"><style nonce="__STYLE_NONCE__">')
writeFileSync(join(folder, 'assets', 'index-Ab_1.js'), 'export {}')
const serve = createPageServer(folder)
const get = (url: string, method = 'GET') => serve({ url, method })

describe('what is served', () => {
  it('serves the page for the bare address', async () => {
    const answer = await get('app://countersign/')
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
  })

  it('serves a script with its type, whatever the query', async () => {
    const answer = await get('app://countersign/assets/index-Ab_1.js?v=1#x')
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/javascript; charset=utf-8'])
  })

  it.each([
    ['app://countersign/../secret.html'],
    ['app://countersign/assets/../../secret.html'],
    ['app://countersign/%2e%2e/secret.html'],
    ['app://countersign/..%2fsecret.html'],
    ['app://countersign/assets/..\\..\\secret.html'],
    ['app://countersign//secret.html'],
    ['app://countersign/.hidden.html'],
    ['app://countersign/index.html/../../secret.html'],
    ['app://countersign/index.html\0.js'],
    [`app://countersign/${'a/'.repeat(400)}index.html`],
    ['app://countersign/licences.json'],
    ['app://countersign/assets'],
    ['app://countersign/nothing.html'],
    ['app://elsewhere/index.html'],
    ['app://countersign.example/index.html'],
    ['file:///etc/passwd'],
  ])('does not serve %j', async (url) => {
    const answer = await get(url)
    expect([answer.statusCode, answer.data.toString()]).toEqual([404, ''])
  })

  it.each(['POST', 'PUT', 'HEAD'])('does not take %s', async (method) => {
    expect((await get('app://countersign/index.html', method)).statusCode).toBe(404)
  })

  it('never reads outside its folder, whatever the path', async () => {
    const part = fc.oneof(fc.constantFrom('..', '.', '%2e%2e', 'secret.html', 'assets', '\\', '/', '%2f'), fc.string())
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 8 }), async (parts) => {
        const answer = await get(`app://countersign/${parts.join('/')}`)
        expect(answer.data.toString()).not.toContain('secret')
      }),
    )
  })
})

describe('the policy that goes with it', () => {
  const policyOf = (answer: PageAnswer) => answer.headers['content-security-policy'] ?? ''

  it('allows our own scripts, and nothing else by default', async () => {
    const policy = policyOf(await get('app://countersign/'))
    expect(policy).toContain(`default-src 'none'`)
    expect(policy).toContain(`script-src 'self';`)
    expect(policy).toContain(`connect-src 'none'`)
    expect(policy).not.toMatch(/unsafe|https?:|\*/)
  })

  it('puts one fresh nonce into the policy and into the page', async () => {
    const [first, second] = [await get('app://countersign/'), await get('app://countersign/')]
    const nonces = [first, second].map((answer) => /'nonce-([^']+)'/.exec(policyOf(answer))?.[1] ?? '')
    expect(nonces[0]).not.toBe(nonces[1])
    expect(first.data.toString()).toBe(`<meta content="${nonces[0]}"><style nonce="${nonces[0]}">`)
  })

  it('goes with refusals too', async () => {
    expect(policyOf(await get('app://countersign/nothing.html'))).toContain(`default-src 'none'`)
  })
})
