import { execFile } from 'node:child_process'
import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { afterEach, describe, expect, it } from 'vitest'
import { listenOnLoopback } from '../../electron/practice/loopback-server.ts'
import { openPracticeAuthority } from '../../electron/practice/practice-authority.ts'
import type { PracticeServer } from '../../electron/practice/practice-server.ts'
import { createPracticeAuthority, startPractice } from '../../electron/practice/practice-server.ts'
import { readCertificate } from '../../shared/pki/certificate.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import { call, firstCall, newCaller, selfSigned, startFor } from '../support/practice-caller.ts'
import { goodPlan, profileNamed } from '../unit/providers/plans.ts'

const running: PracticeServer[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()))
})
const kept = <T extends PracticeServer>(server: T) => {
  running.push(server)
  return server
}
const portOf = (url: string) => Number(new URL(url).port)

/** Ends when the other side does, or after two seconds. */
const ended = (socket: import('node:net').Socket) =>
  new Promise<boolean>((resolve) => {
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(true))
    setTimeout(() => resolve(false), 2000).unref()
  })

describe('the practice provider', () => {
  it('listens on 127.0.0.1 and nowhere else', async () => {
    const { state } = kept(await startFor(profileNamed('truv'), 'sandbox'))
    expect(state.apiUrl).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
    expect(state.portalUrl).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
    const { networkInterfaces } = await import('node:os')
    const others = Object.values(networkInterfaces()).flatMap((list) =>
      (list ?? []).filter((one) => one.family === 'IPv4' && !one.internal).map((one) => one.address),
    )
    for (const host of others) {
      const reached = await new Promise((resolve) => {
        const socket = connect({ host, port: portOf(state.apiUrl) })
        socket.on('connect', () => resolve(true)).on('error', () => resolve(false))
      })
      expect(reached, host).toBe(false)
    }
  })

  it.each(['0.0.0.0', '::', '192.0.2.1', 'localhost', ''])('refuses to listen on %j', async (host) => {
    await expect(listenOnLoopback({}, () => ({ status: 200, body: '' }), { host })).rejects.toThrow('loopback')
  })

  it('keeps two authorities apart: the client CA does not vouch for the server', async () => {
    const { state } = kept(await startFor(profileNamed('apata'), 'live'))
    expect(state.clientCaPem).not.toBe(state.serverCaPem)
    await expect(call(`${state.portalUrl}/`, { ca: state.clientCaPem })).rejects.toMatchObject({
      code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    })
    expect(await call(`${state.portalUrl}/`, { ca: state.serverCaPem })).toMatchObject({ status: 200 })
  })

  it.each(['localhost', '127.0.0.1'])('has a server certificate for %s', async (host) => {
    const { state } = kept(await startFor(profileNamed('apata'), 'live'))
    const url = `https://${host}:${portOf(state.portalUrl)}/`
    expect(await call(url, { ca: state.serverCaPem })).toMatchObject({ status: 200 })
  })

  it.each([
    ['truv', ['Acceptable client certificate CA names', 'CN = Practice Truv client CA']],
    ['nuapay', ['No client certificate CA names sent']],
  ])('tells OpenSSL which authorities %s accepts', async (id, lines) => {
    const profile = profileNamed(id)
    const { state } = kept(await startFor(profile, profile.environments[0]!.id))
    const said = await new Promise<string>((resolve) => {
      const child = execFile('openssl', ['s_client', '-connect', new URL(state.apiUrl).host], (_, out) => resolve(out))
      child.stdin!.end()
    })
    for (const line of lines) expect(said).toContain(line)
    const named = /CA names\n([\s\S]*?)\nRequested Signature/.exec(said)?.[1] ?? ''
    expect(named).not.toContain('server CA')
    expect(named.split('\n').length).toBe(1)
    expect(said).not.toContain('Reused')
  })

  it('comes back after a restart with the same authorities: what it issued and what trusts it still work', async () => {
    const profile = profileNamed('truv')
    const authority = await createPracticeAuthority(profile, new Date())
    const first = await startPractice({ profile, environment: 'sandbox', authority })
    const caller = await newCaller(profile, goodPlan('truv'))
    const issued = await first.submit(caller.requestPem)
    await first.close()
    if (!issued.ok) throw new Error('refused')
    const stored = { certificatePem: authority.certificatePem, pkcs8: Uint8Array.from(authority.pkcs8) }
    const second = kept(await startPractice({ profile, environment: 'sandbox', authority: stored }))
    expect(second.state.serverCaPem).toBe(first.state.serverCaPem)
    expect(await firstCall(second, caller, issued.value.certificatePem)).toMatchObject({ status: 200 })
  })

  it('takes certificates that were on file before the restart', async () => {
    const profile = profileNamed('nuapay')
    const caller = await newCaller(profile, goodPlan('nuapay'))
    const certificate = await selfSigned(caller)
    const authority = await createPracticeAuthority(profile, new Date())
    const onFile = [certificate, 'no certificate']
    const server = kept(await startPractice({ profile, environment: 'sandbox', authority, onFile }))
    expect(await firstCall(server, caller, certificate)).toMatchObject({ status: 200 })
  })

  it('makes authorities that outlive the longest certificate', async () => {
    const now = new Date('2026-05-05T00:00:00Z')
    const { certificatePem } = await createPracticeAuthority(profileNamed('payrails'), now)
    for (const { der } of pemBlocks(certificatePem)) {
      const { facts } = readCertificate(der)!
      expect(facts.isCa).toBe(true)
      expect(Date.parse(facts.notAfter!)).toBeGreaterThan(now.getTime() + 2 * 3650 * 86_400_000)
    }
  })

  it('does not start from an authority that is not whole', async () => {
    const authority = await createPracticeAuthority(profileNamed('truv'), new Date())
    for (const broken of [
      { ...authority, certificatePem: '' },
      { ...authority, pkcs8: authority.pkcs8.slice(0, 100) },
      { ...authority, pkcs8: new Uint8Array(0) },
    ])
      expect(() => openPracticeAuthority(broken)).toThrow('not whole')
  })

  it('closes completely: idle, half-open and busy connections end, and the port is free', async () => {
    const server = await startFor(profileNamed('truv'), 'sandbox')
    const port = portOf(server.state.apiUrl)
    const silent = connect(port, '127.0.0.1')
    const idle = connectTls({ port, host: '127.0.0.1', ca: server.state.serverCaPem })
    const busy = connectTls({ port: portOf(server.state.portalUrl), host: '127.0.0.1', ca: server.state.serverCaPem })
    await Promise.all([
      new Promise((resolve) => silent.on('connect', resolve)),
      new Promise((resolve) => idle.on('secureConnect', resolve)),
      new Promise((resolve) => busy.on('secureConnect', resolve)),
    ])
    busy.write('POST /requests HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nabc')
    const endings = Promise.all([ended(silent), ended(idle), ended(busy)])
    const start = performance.now()
    await server.close()
    expect(await endings).toEqual([true, true, true])
    expect(performance.now() - start).toBeLessThan(1000)
    const refused = await new Promise((resolve) => connect(port, '127.0.0.1').on('error', () => resolve(true)))
    expect(refused).toBe(true)
  })

  it('goes on after connections that break off or speak another language', async () => {
    const server = kept(await startFor(profileNamed('truv'), 'sandbox'))
    for (const noise of ['GET / HTTP/1.1\r\n\r\n', '\x16\x03\x01\x00\x05hello', '']) {
      const socket = connect(portOf(server.state.apiUrl), '127.0.0.1')
      socket.on('error', () => undefined)
      socket.end(noise)
      await ended(socket)
    }
    expect(await call(`${server.state.apiUrl}/v1/orders/`, { ca: server.state.serverCaPem })).toMatchObject({
      status: 400,
    })
  })

  it('gives the port back when only one of its two can be had', async () => {
    const profile = profileNamed('truv')
    const first = kept(await startFor(profile, 'sandbox'))
    const authority = await createPracticeAuthority(profile, new Date())
    const portalPort = portOf(first.state.portalUrl)
    await expect(startPractice({ profile, environment: 'sandbox', authority, portalPort })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    })
  })

  it('says what is wrong with a certificate that it does not take', async () => {
    const profile = profileNamed('truv')
    const server = kept(await startFor(profile, 'sandbox'))
    const caller = await newCaller(profile, goodPlan('truv'))
    const says = async (certificate: string) => (await firstCall(server, caller, certificate)).json.says
    expect(await says(await selfSigned(caller))).toContain('is self-signed')
    expect(await says(await selfSigned(caller, 30, new Date(Date.now() - 40 * 86_400_000)))).toContain('has expired')
    const elsewhere = kept(await startFor(profile, 'sandbox'))
    const foreign = await elsewhere.submit(caller.requestPem)
    if (!foreign.ok) throw new Error('refused')
    const [leaf] = foreign.value.certificatePem.split(/(?<=-----END CERTIFICATE-----\n)/)
    for (const certificate of [foreign.value.certificatePem, leaf!])
      expect(await says(certificate)).toContain('issued by another authority')
  })

  it('follows the clock it is given, not only the computer’s', async () => {
    const profile = profileNamed('truv')
    let today = new Date()
    const authority = await createPracticeAuthority(profile, today)
    const server = kept(await startPractice({ profile, environment: 'sandbox', authority, now: () => today }))
    const caller = await newCaller(profile, goodPlan('truv'))
    const issued = await server.submit(caller.requestPem)
    if (!issued.ok) throw new Error('refused')
    today = new Date(Date.now() + 366 * 86_400_000)
    const reply = await firstCall(server, caller, issued.value.certificatePem)
    expect(reply).toMatchObject({ status: 400, json: { says: 'The client certificate has expired.' } })
  })

  it('takes every key that the app can make', async () => {
    const profile = profileNamed('other')
    const server = kept(await startFor(profile, 'test'))
    for (const key of ['rsa-3072', 'ec-p256', 'ec-p384', 'ec-p521', 'ed25519'] as const) {
      const caller = await newCaller(profile, { ...goodPlan('other'), key })
      const issued = await server.submit(caller.requestPem)
      if (!issued.ok) throw new Error(`${key}: ${JSON.stringify(issued.problem)}`)
      expect((await firstCall(server, caller, issued.value.certificatePem)).status, key).toBe(200)
    }
  })
})
