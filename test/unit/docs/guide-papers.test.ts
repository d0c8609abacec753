import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Io } from '../../../electron/cli/io.ts'
import { commandNames, run } from '../../../electron/cli/run.ts'
import { contents } from '../../../scripts/guide/contents.mjs'
import { readGuide } from '../../../scripts/guide/plugin.mjs'
import { anchorOf } from '../../../scripts/guide/read-page.mjs'

const root = join(import.meta.dirname, '../../..')
const text = (path: string) => readFileSync(join(root, path), 'utf8')
const markdownIn = (folder: string) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name))

const top = ['README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'CHANGELOG.md'].filter((name) =>
  existsSync(join(root, name)),
)
const papers = [...top, ...markdownIn('docs'), ...markdownIn('docs/guide'), ...markdownIn('docs/providers')]

/** Without code blocks: what stands in them is no link and no name of a button. */
const prose = (markdown: string) => markdown.replace(/^```[\s\S]*?^```$/gm, '')

describe.each(papers)('%s', (path) => {
  const markdown = text(path)
  const links = [...prose(markdown).matchAll(/(?<!`)(!?)\[[^\]]*\]\(([^)\s]+)\)/g)].map(([, image, href]) => ({
    image: image === '!',
    href: href!,
  }))

  it('has no link that leads nowhere', () => {
    const wrong = links.flatMap(({ href }) => {
      if (/^https:\/\//.test(href)) return []
      const [file = '', anchor] = href.split('#')
      const target = file === '' ? path : relative(root, join(root, dirname(path), file))
      if (!existsSync(join(root, target))) return [href]
      if (anchor === undefined) return []
      const headings = [...text(target).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) =>
        anchorOf(heading!.replace(/`|\*|\[|\]\([^)]*\)/g, '')),
      )
      return headings.includes(anchor) ? [] : [href]
    })
    expect(wrong).toEqual([])
  })

  it('names only commands that there are', () => {
    const named = [...markdown.matchAll(/(?:^|[`\s(|&;])(?:npx )?countersign ([a-z][a-z-]*)(?=[\s`]|$)/gm)]
      .map(([, command]) => command!)
      // “countersign help” prints from this guide; “countersign sealing” is the info of a key derivation.
      .filter((command) => command !== 'help' && command !== 'sealing')
    expect([...new Set(named)].filter((command) => !commandNames.includes(command))).toEqual([])
  })

  it('names only scripts that package.json has', () => {
    const { scripts } = JSON.parse(text('package.json')) as { scripts: Record<string, string> }
    const named = [...markdown.matchAll(/npm (?:run ([a-z:]+)|(start|test))/g)].map(([, name, own]) => name ?? own!)
    expect([...new Set(named)].filter((name) => !(name in scripts))).toEqual([])
  })
})

/** What stands on screens: every literal and every piece of JSX text of the page, and the words it takes from shared/. */
function wordsOnScreens(): Set<string> {
  const words = new Set<string>()
  for (const folder of ['renderer', 'shared', 'electron']) {
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (!/\.tsx?$/.test(name)) continue
      for (const piece of text(join(folder, name)).split(/['"`<>{}\n]|\$\{/)) {
        const word = piece.trim()
        if (word.length > 1) words.add(word).add(word.replace(/\s*…$/, ''))
      }
    }
  }
  return words
}

it('CONTRIBUTING.md tells of every script that package.json has', () => {
  const { scripts } = JSON.parse(text('package.json')) as { scripts: Record<string, string> }
  const told = [...text('CONTRIBUTING.md').matchAll(/`npm (?:run )?([a-z:]+)`/g)].map(([, name]) => name!)
  expect(Object.keys(scripts).filter((name) => !told.includes(name))).toEqual([])
})

/** What `countersign COMMAND --help` prints. */
async function helpOf(command: string): Promise<string> {
  let said = ''
  await run([command, '--help'], { out: (text: string) => (said += text) } as unknown as Io)
  return said
}

const examples = ['README.md', ...markdownIn('docs/guide')].flatMap((path) =>
  [...text(path).matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, sh]) =>
    sh!
      .replace(/\\\n/g, ' ')
      .split('\n')
      .filter((line) => line.startsWith('countersign '))
      .map((line) => [path, line] as const),
  ),
)

it.each(examples)('%s: “%s” names options that there are', async (_, line) => {
  const [, command = ''] = line.split(' ')
  const help = await helpOf(command)
  const options = [...line.matchAll(/ --([a-z-]+)/g)].map(([, option]) => option!)
  expect(options.filter((option) => !help.includes(`--${option}`))).toEqual([])
})

it.each(top)('%s: every path that it names is there', (path) => {
  const named = [...text(path).matchAll(/`((?:shared|electron|renderer|test|scripts|docs)\/[A-Za-z0-9_./-]+)`/g)]
  expect(named.map(([, name]) => name!).filter((name) => !existsSync(join(root, name)))).toEqual([])
})

describe('the guide by task', () => {
  const words = wordsOnScreens()
  it.each([...markdownIn('docs/guide'), ...markdownIn('docs/providers')])(
    '%s: what is bold stands on a screen',
    (path) => {
      const bold = [...prose(text(path)).matchAll(/\*\*([^*]+)\*\*/g)].map(([, name]) => name!.replace(/\s+/g, ' '))
      expect([...new Set(bold)].filter((name) => !words.has(name) && !words.has(name.replace(/\s*…$/, '')))).toEqual([])
    },
  )

  it('has every paper of docs/guide and docs/providers in its contents', () => {
    const listed = contents.flatMap(({ pages }) => pages.map(([, file]) => file))
    expect(
      [...markdownIn('docs/guide'), ...markdownIn('docs/providers')].filter((path) => !listed.includes(path)),
    ).toEqual([])
  })

  it('can be made of what stands there', () => {
    const pages = readGuide(root)
    expect(new Set(pages.map(({ id }) => id)).size).toBe(pages.length)
    for (const { title, sections } of pages) expect(sections.length, title).toBeGreaterThan(0)
  })
})
