/** JSON with line breaks and indents, or null for anything else. Numbers stay as sent: they may exceed what JSON.parse keeps. */
export function formatted(body: string): string | null {
  const text = body.trim()
  if (!/^[[{]/.test(text)) return null
  try {
    JSON.parse(text)
  } catch {
    return null
  }
  let out = ''
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? ''
    if (char === '"') {
      const end = endOfString(text, at)
      out += text.slice(at, end)
      at = end - 1
    } else if (char === '{' || char === '[') {
      const empty = /^\s*[}\]]/.exec(text.slice(at + 1, at + 200))
      if (empty) {
        out += char + empty[0].trim()
        at += empty[0].length
      } else out += `${char}\n${'  '.repeat(++depth)}`
    } else if (char === '}' || char === ']') out += `\n${'  '.repeat(--depth)}${char}`
    else if (char === ',') out += `,\n${'  '.repeat(depth)}`
    else if (char === ':') out += ': '
    else if (!/\s/.test(char)) out += char
  }
  return out
}

function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at + 1
}
