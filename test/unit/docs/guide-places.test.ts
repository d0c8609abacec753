import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readGuide } from '../../../scripts/guide/plugin.mjs'
import { anchorOf, readPage } from '../../../scripts/guide/read-page.mjs'
import { guideFinder } from '../../../shared/guide/find.ts'
import type { GuideBlock, GuideSpan } from '../../../shared/guide/guide.ts'
import { placeIn, placeOfCode, plainBlocks } from '../../../shared/guide/plain-text.ts'
import { problemPlaces } from '../../../shared/guide/problem-places.ts'
import { builtInProfiles } from '../../../shared/providers/registry.ts'
import { catalogue } from '../../../shared/tls/failures.ts'

const pages = readGuide(join(import.meta.dirname, '../../..'))

const spansIn = (spans: readonly GuideSpan[]): GuideSpan[] =>
  spans.flatMap((span) => (typeof span === 'object' && 'spans' in span ? [span, ...spansIn(span.spans)] : [span]))
const spansOf = (blocks: readonly GuideBlock[]): GuideSpan[] =>
  blocks.flatMap((block) => {
    if (block.is === 'text') return spansIn(block.spans)
    if (block.is === 'list') return block.items.flatMap(spansOf)
    if (block.is === 'table') return [...block.head, ...block.rows.flatMap(({ cells }) => cells)].flatMap(spansIn)
    return []
  })
const everySpan = pages.flatMap(({ sections }) => sections.flatMap(({ blocks }) => spansOf(blocks)))

describe('the guide in the app', () => {
  it('has a paragraph for every problem', () => {
    const lost = Object.entries(problemPlaces).filter(([, place]) => !placeIn(pages, place)?.section)
    expect(lost).toEqual([])
  })

  it('has a paragraph for every verdict', () => {
    expect(Object.keys(catalogue).filter((code) => !placeIn(pages, `verdicts#${code}`)?.row)).toEqual([])
  })

  it('finds the row of a finding by its code', () => {
    expect(placeOfCode(pages, 'certificate.expired')).toBe('findings#certificate.expired')
    expect(placeOfCode(pages, 'certificate.no-such')).toBeNull()
  })

  it('leads nowhere that is not there', () => {
    const places = everySpan.flatMap((span) => (typeof span === 'object' && span.is === 'place' ? [span.place] : []))
    expect(places.length).toBeGreaterThan(40)
    expect(places.filter((place) => !placeIn(pages, place))).toEqual([])
  })

  it('leads out of the app only to pages that a provider’s profile names', () => {
    const known = new Set(builtInProfiles.flatMap(({ sources }) => Object.values(sources).map(({ url }) => url)))
    const urls = everySpan.flatMap((span) => (typeof span === 'object' && span.is === 'outside' ? [span.url] : []))
    expect(urls.length).toBeGreaterThan(20)
    expect([...new Set(urls)].filter((url) => !known.has(url))).toEqual([])
  })
})

describe('a paper of the guide', () => {
  const read = (markdown: string) =>
    readPage({ id: 'one', group: 'Group', file: 'docs/one.md', markdown }, new Map([['docs/two.md', 'two']]))

  it('becomes data without markup', () => {
    const { title, sections } = read(
      '# One & two\n\nSee [the other](two.md#a-b), **Save**, `a & b`, [out](https://e.org/) and <https://e.org/>.\n',
    )
    expect(title).toBe('One & two')
    expect(sections[0]?.blocks).toEqual([
      {
        is: 'text',
        spans: [
          'See ',
          { is: 'place', place: 'two#a-b', spans: ['the other'] },
          ', ',
          { is: 'strong', spans: ['Save'] },
          ', ',
          { is: 'code', text: 'a & b' },
          ', ',
          { is: 'outside', url: 'https://e.org/', spans: ['out'] },
          ' and https://e.org/.',
        ],
      },
    ])
  })

  it.each([
    ['raw HTML', '# One\n\n<script>alert(1)</script>\n'],
    ['HTML within a line', '# One\n\nA <b>word</b>.\n'],
    ['a quotation', '# One\n\n> said\n'],
    ['text before its title', 'Text\n\n# One\n'],
    ['two headings of one name', '# One\n\n## Two\n\n## Two\n'],
  ])('is refused with %s', (_, markdown) => {
    expect(() => read(markdown)).toThrow('docs/one.md')
  })

  it('leaves pictures to readers who have not the app before them', () => {
    expect(plainBlocks(read('# One\n\n![a picture](../p.png)\n\nText\n').sections[0]!.blocks)).toEqual(['Text'])
  })

  it('gives headings the anchors that code hosting sites give them', () => {
    expect(anchorOf('Who’s “there”? A, B & `c`')).toBe('whos-there-a-b--c')
  })
})

describe('the search', () => {
  const find = guideFinder(pages)

  it.each([
    ['backup', 'vault#backups'],
    ['revocation list', 'sign#revocation-lists'],
    ['firewall', 'hand-over#addresses-for-your-firewall'],
    ['certificate.expired', 'findings#certificate.expired'],
    ['sef-sign', 'request#sign-it-yourself'],
  ])('“%s” brings %s among the first five', (words, place) => {
    expect(find(words, 5).map((hit) => hit.place)).toContain(place)
  })

  it('marks what fits, and nothing else', () => {
    const [hit] = find('keychain lost', 1)
    const marked = hit!.excerpt.filter((piece) => piece.marked).map(({ text }) => text.toLowerCase())
    expect(marked.length).toBeGreaterThan(0)
    for (const text of marked) expect(text).toMatch(/^(keychain|lost)/)
  })

  it('finds nothing for what is nowhere, whatever the characters', () => {
    expect(find('xyzzyqwv')).toEqual([])
    for (const words of ['', '   ', '((', '[a-', '\\', '…']) expect(() => find(words)).not.toThrow()
  })
})
