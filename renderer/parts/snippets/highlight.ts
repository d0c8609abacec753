import bash from 'highlight.js/lib/languages/bash'
import csharp from 'highlight.js/lib/languages/csharp'
import go from 'highlight.js/lib/languages/go'
import java from 'highlight.js/lib/languages/java'
import javascript from 'highlight.js/lib/languages/javascript'
import json from 'highlight.js/lib/languages/json'
import php from 'highlight.js/lib/languages/php'
import powershell from 'highlight.js/lib/languages/powershell'
import python from 'highlight.js/lib/languages/python'
import ruby from 'highlight.js/lib/languages/ruby'
import rust from 'highlight.js/lib/languages/rust'
import { createLowlight } from 'lowlight'
import type { SnippetKind } from '../../../shared/handover/snippet.ts'

const lowlight = createLowlight({
  bash,
  csharp,
  go,
  java,
  javascript,
  json,
  php,
  powershell,
  python,
  ruby,
  rust,
})
const names: Partial<Record<SnippetKind['language'], string>> = { sh: 'bash', js: 'javascript' }

/** A piece of code and what it is, such as `string` or `comment`. */
export type Token = { text: string; kind?: 'comment' | 'string' | 'keyword' | 'number' | 'name' }

type Node = ReturnType<typeof lowlight.highlight>['children'][number]

const kinds: Record<string, Token['kind']> = {
  'hljs-comment': 'comment',
  'hljs-string': 'string',
  'hljs-regexp': 'string',
  'hljs-keyword': 'keyword',
  'hljs-literal': 'keyword',
  'hljs-built_in': 'name',
  'hljs-title': 'name',
  'hljs-attr': 'name',
  'hljs-number': 'number',
}

function tokensOf(node: Node, kind: Token['kind']): Token[] {
  if (node.type === 'text') return [{ text: node.value, ...(kind && { kind }) }]
  if (node.type !== 'element') return []
  const classes = Array.isArray(node.properties.className) ? node.properties.className : []
  const own = classes.map((one) => kinds[String(one)]).find(Boolean)
  return node.children.flatMap((child) => tokensOf(child as Node, own ?? kind))
}

/** Code in coloured pieces; in one plain piece where the language has no grammar here. */
export function highlight(code: string, language: SnippetKind['language']): Token[] {
  const name = names[language] ?? language
  if (!lowlight.registered(name)) return [{ text: code }]
  return lowlight.highlight(name, code).children.flatMap((node) => tokensOf(node, undefined))
}
