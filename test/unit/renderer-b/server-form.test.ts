import { describe, expect, it } from 'vitest'
import { firstForm, problemsIn, type ServerForm, wishOf } from '../../../renderer/webhooks/server-form.ts'
import { ServerWish } from '../../../shared/serverconfig/server-wish.ts'

const pinned = { subject: 'CN=a', sha256: 'ab'.repeat(32), sha1: 'cd'.repeat(20), serial: '1f' }

describe('the form of a server configuration', () => {
  it('can be written as it stands at first', () => {
    expect(problemsIn(firstForm, null)).toEqual({})
    expect(ServerWish.parse(wishOf(firstForm, null, undefined))).toMatchObject({ port: 443, depth: 1 })
  })

  it.each<[Partial<ServerForm>, keyof ServerForm]>([
    [{ host: 'a b' }, 'host'],
    [{ host: '' }, 'host'],
    [{ port: '0' }, 'port'],
    [{ port: '65536' }, 'port'],
    [{ port: 'https' }, 'port'],
    [{ key: '/etc/my key' }, 'key'],
    [{ clientCa: 'C:\\ca.crt' }, 'clientCa'],
    [{ crl: '' }, 'crl'],
    [{ upstream: 'https://127.0.0.1' }, 'upstream'],
    [{ subject: 'X Subject' }, 'subject'],
    [{ pin: 'name', pinName: '' }, 'pinName'],
    [{ pin: 'certificate' }, 'pin'],
  ])('marks %j, and what it marks would be refused', (change, field) => {
    const form = { ...firstForm, ...change }
    expect(Object.keys(problemsIn(form, null))).toEqual([field])
    if (field !== 'pin') expect(ServerWish.safeParse(wishOf(form, null, undefined)).success).toBe(false)
  })

  it('asks for no list where none is to be checked', () => {
    const form = { ...firstForm, checkCrl: false, crl: '' }
    expect(problemsIn(form, null)).toEqual({})
    expect(wishOf(form, null, undefined).crl).toBeUndefined()
  })

  it('pins the certificate that was chosen', () => {
    const form: ServerForm = { ...firstForm, pin: 'certificate' }
    expect(problemsIn(form, pinned)).toEqual({})
    const wish = ServerWish.parse(wishOf(form, pinned, { name: 'Truv', presents: 'provider' }))
    expect(wish.pin).toEqual({ by: 'certificate', sha256: pinned.sha256, sha1: pinned.sha1, serial: '1f' })
  })
})
