import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asLibrary, librariesHere } from '../../electron/tokens/known-libraries.ts'
import { tokenChild } from '../../electron/tokens/token-child.ts'
import type { TokenHost } from '../../electron/tokens/token-host.ts'
import { createTokenLibraries } from '../../electron/tokens/token-libraries.ts'
import { createTokenLine } from '../../electron/tokens/token-line.ts'
import { createTokens, pkcs11Module } from '../../electron/tokens/tokens.ts'
import { builtProgram } from '../support/built-reader.ts'
import { softHsm } from '../support/softhsm.ts'
import { codeOf, openTestDesk, value } from '../support/test-means.ts'
import { scratch } from '../support/tools.ts'

const hsm = softHsm(['Ops token'])
const files = scratch()
let host: TokenHost

/** A library that does this as soon as it is loaded. */
function library(name: string, does: string): string {
  const source = files.put(`${name}.c`, `#include <stdlib.h>\n#include <unistd.h>\n${does}\n`)
  execFileSync('cc', ['-shared', '-fPIC', '-o', files.path(`${name}.so`), source])
  return files.path(`${name}.so`)
}

beforeAll(async () => {
  host = tokenChild(await builtProgram('electron/tokens/token-worker.ts'))
})
afterAll(() => {
  files.remove()
  hsm.remove()
})

const lineTo = (path: string, startMs?: number) => createTokenLine(host, pkcs11Module() ?? '', path, startMs)
const listed = (path: string, startMs?: number) => lineTo(path, startMs).ask('tokens', {}, 10_000)

describe('a library of tokens', () => {
  it('that crashes costs its own process and nothing else', async () => {
    const crashing = library('crashing', '__attribute__((constructor)) static void f(void) { abort(); }')
    expect(await listed(crashing)).toMatchObject({ ok: false, problem: { code: 'token.library-crashed' } })
    expect((await listed(hsm.library)).ok).toBe(true)
  })

  it('that hangs is ended after its time', async () => {
    const hanging = library('hanging', '__attribute__((constructor)) static void f(void) { for (;;) sleep(1); }')
    expect(await listed(hanging, 1000)).toMatchObject({
      ok: false,
      problem: { code: 'token.library-hung', library: 'hanging.so', limitMs: 1000 },
    })
  })

  it.each([
    ['is not a library', () => files.put('text.so', 'not a library'), 'for-something-else'],
    ['is a library for something else', () => library('other', 'int other(void) { return 1; }'), 'for-something-else'],
  ])('that %s is named so', async (_, make, built) => {
    expect(await listed(make())).toMatchObject({ ok: false, problem: { code: 'token.library-foreign', built } })
  })

  it('that is gone, or was never there, is named', async () => {
    const tokens = createTokens(host)
    expect(codeOf(await tokens.list('/nonexistent/libtoken.so'))).toBe('token.library-lost')
  })

  it('is said to be out of reach where pkcs11js is not installed', async () => {
    const tokens = createTokens(host, () => null)
    expect(tokens.installed()).toBe(false)
    expect(codeOf(await tokens.list(hsm.library))).toBe('token.no-module')
    const broken = createTokens(host, () => files.put('broken.cjs', 'throw new Error("another processor")'))
    expect(codeOf(await broken.list(hsm.library))).toBe('token.module-broken')
  })

  it('works again after its process was ended while a token was unlocked', async () => {
    const tokens = createTokens(host)
    const { label, serial } = value(await tokens.list(hsm.library)).find((one) => one.label === 'Ops token')!
    value(await tokens.unlock(hsm.library, { label, serial }, hsm.pin))
    tokens.lockAll()
    expect(codeOf(await tokens.keys(hsm.library, { label, serial }))).toBe('token.pin-needed')
    tokens.lockAll()
  })
})

describe('the libraries that may be loaded', () => {
  it('are those found on this system, each once', async () => {
    const here = await librariesHere()
    expect(here).toContainEqual(asLibrary(hsm.library, 'system'))
    expect(new Set(here.map(({ id }) => id)).size).toBe(here.length)
    expect(here.every(({ path }) => !/p11-kit-trust|pkcs11-spy/.test(path))).toBe(true)
  })

  it('and those that were chosen in the dialog and answer as one', async () => {
    const tokens = createTokens(host)
    const desk = openTestDesk({ tokens: async () => tokens })
    desk.outside.files = [files.put('text.so', 'not a library')]
    expect(codeOf(await desk.call('chooseTokenLibrary', {}))).toBe('token.library-foreign')
    const copy = files.path('libcopy.so')
    execFileSync('cp', [hsm.library, copy])
    desk.outside.files = [copy]
    const { library: chosen } = value(await desk.call('chooseTokenLibrary', {}))
    expect(chosen).toMatchObject({ path: copy, from: 'chosen' })
    expect(value(await desk.call('listTokenLibraries', {})).libraries).toContainEqual(chosen)
    value(await desk.call('forgetTokenLibrary', { library: chosen!.id }))
    expect(codeOf(await desk.call('listTokens', { library: chosen!.id }))).toBe('token.library-unknown')
    tokens.lockAll()
  })

  it('are not added to by what a record of another computer names', async () => {
    const folder = files.path('kept')
    mkdirSync(folder)
    writeFileSync(join(folder, 'token-libraries.json'), '{"libraries": "no list"}')
    const kept = createTokenLibraries(folder, async () => [])
    expect(await kept.list()).toEqual([])
    expect(codeOf(await kept.allows('/tmp/evil.so'))).toBe('token.library-unknown')
  })
})
