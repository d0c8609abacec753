import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { SnippetCall } from '../../shared/handover/snippet.ts'
import type { SnippetId } from '../../shared/handover/snippet-ids.ts'
import { snippetKinds } from '../../shared/handover/snippet-kinds.ts'
import { run, scratch } from '../support/tools.ts'
import { packages } from './support/given.ts'
import { callTo } from './support/run-snippet.ts'

/**
 * Snippets whose programs neither Debian nor npm has. They are read instead of run, each by the nearest thing that knows its
 * language: a grammar, a compiler's parser, the types of the program, or the program's own importer.
 */
const files = scratch()
const require = createRequire(join(packages, 'package.json'))
const told: string[] = []
afterAll(() => {
  process.stdout.write(`snippets that are read, because their programs cannot be had here\n${told.sort().join('\n')}\n`)
  files.remove()
})

const full = (locked: boolean) => callTo(8443, locked ? 'locked' : 'open', {})
const calls: Record<string, SnippetCall> = {
  'that is locked': full(true),
  'that is open': full(false),
  'without body and authority': {
    ...full(false),
    method: 'GET',
    body: undefined,
    headers: [],
    files: { ...full(false).files, serverCa: undefined },
  },
}
const cases = Object.entries(calls).map(([name, call]) => ({ name, call }))
const write = (id: SnippetId, call: SnippetCall) => snippetKinds.find((kind) => kind.id === id)!.write(call)

type Node = { hasError: boolean; isError: boolean; isMissing: boolean; text: string; children: Node[] }

/** The places that a grammar does not understand. */
async function misunderstood(grammar: string, text: string): Promise<string[]> {
  const { Parser, Language } = require('web-tree-sitter')
  await Parser.init()
  const parser = new Parser()
  parser.setLanguage(await Language.load(require.resolve(grammar)))
  const root: Node = parser.parse(text).rootNode
  const wrong = (node: Node): string[] =>
    node.isError || node.isMissing ? [node.text.slice(0, 80)] : node.children.flatMap(wrong)
  return root.hasError ? wrong(root) : []
}
const versionOf = (name: string) => `${name} ${require(`${name}/package.json`).version}`

describe.each(cases)('a call $name', ({ name, call }) => {
  it.each([
    ['dotnet', 'tree-sitter-c-sharp', 'tree-sitter-c_sharp.wasm'],
    ['powershell', 'tree-sitter-powershell', 'tree-sitter-powershell.wasm'],
  ] as const)('for %s is understood by a grammar', async (id, grammar, file) => {
    const text = write(id, call)
    expect(await misunderstood(`${grammar}/${file}`, text)).toEqual([])
    expect(await misunderstood(`${grammar}/${file}`, text.replace(')', '')), 'or it would understand all').not.toEqual(
      [],
    )
    told.push(`    ${id.padEnd(12)} ${name.padEnd(28)} syntax, by ${versionOf(grammar)}`)
  })

  it('for k6 fits the types of k6', { timeout: 60_000 }, async () => {
    const folder = files.path(`k6-${name.replaceAll(' ', '-')}`)
    mkdirSync(folder)
    symlinkSync(join(packages, 'node_modules'), join(folder, 'node_modules'))
    const tsc = join(import.meta.dirname, '..', '..', 'node_modules', '.bin', 'tsc')
    const options = { noEmit: true, allowJs: true, checkJs: true, strict: true, types: ['k6'], target: 'es2022' }
    const compilerOptions = { ...options, module: 'esnext', moduleResolution: 'bundler' }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['load.js'] }))
    const check = async (text: string) => {
      writeFileSync(join(folder, 'load.js'), text)
      return (await run(tsc, ['-p', folder])).stdout.toString()
    }
    const typed = "/** @type {import('k6/options').Options} */\nexport const options"
    const text = write('k6', call).replace('export const options', typed)
    expect(await check(text)).toBe('')
    expect(await check(text.replace('tlsAuth', 'tlsAuthentication'))).toMatch(/tlsAuthentication/)
    told.push(`    ${'k6'.padEnd(12)} ${name.padEnd(28)} syntax and types, by ${versionOf('@types/k6')}`)
  })

  it('for Spring is Java, with a configuration that is YAML', { timeout: 60_000 }, async () => {
    const text = write('spring', call)
    const path = files.put('ProviderClient.java', text)
    // The types are Spring's, which Debian has of ten years ago: the compiler is stopped once it has read the text.
    const parse = await run('javac', [
      '-XDshould-stop.ifNoError=PARSE',
      '-XDshould-stop.ifError=PARSE',
      '-proc:none',
      path,
    ])
    expect(parse.stderr).toBe('')
    expect(parse.code).toBe(0)
    const yaml = text
      .slice(text.indexOf('/*\n') + 3, text.indexOf('*/'))
      .split('\n')
      .map((line) => line.replace(/^ \* ?/, ''))
      .join('\n')
    const { stdout } = await run('ruby', ['-ryaml', '-rjson', '-e', 'puts JSON.dump(YAML.load(STDIN.read))'], yaml)
    const { provider } = JSON.parse(stdout.toString()).spring.ssl.bundle.pem
    expect(provider.keystore).toEqual({
      certificate: `file:${call.files.certificate}`,
      'private-key': `file:${call.files.key}`,
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Spring reads it from the environment.
      ...(call.locked ? { 'private-key-password': '${MTLS_PASSPHRASE}' } : {}),
    })
    expect(provider.truststore).toEqual(
      call.files.serverCa ? { certificate: `file:${call.files.serverCa}` } : undefined,
    )
    told.push(`    ${'spring'.padEnd(12)} ${name.padEnd(28)} syntax, by javac; its configuration, by Ruby's YAML`)
  })

  it('for Insomnia is taken by its importer', async () => {
    const { type, data } = await require('insomnia-importers').convert(write('insomnia', call))
    expect(type.id).toBe('insomnia-4')
    const request = data.resources.find((one: { _type: string }) => one._type === 'request')
    expect(request).toMatchObject({
      method: call.method,
      url: call.url.replace('{clientId}', '{{ _.CLIENT_ID }}'),
      body: call.body === undefined ? {} : { text: call.body },
    })
    expect(request.headers).toHaveLength(call.headers.length)
    told.push(`    ${'insomnia'.padEnd(12)} ${name.padEnd(28)} imported, by ${versionOf('insomnia-importers')}`)
  })
})
