import type { ReadStream, WriteStream } from 'node:tty'

const longest = 1024

/** Reads a line from a terminal without showing it. Null when the user broke off (Ctrl-C, Ctrl-D). */
export function readSecret(input: ReadStream, output: WriteStream, question: string): Promise<string | null> {
  return new Promise((resolve) => {
    let typed = ''
    output.write(`${question}: `)
    input.setRawMode(true)
    input.setEncoding('utf8')
    input.resume()
    const end = (answer: string | null) => {
      input.setRawMode(false)
      input.pause()
      input.removeListener('data', read)
      output.write('\n')
      resolve(answer)
    }
    const read = (text: string | Buffer) => {
      for (const character of text.toString()) {
        if (character === '\r' || character === '\n') return end(typed)
        if (character === '\u0003' || character === '\u0004') return end(null)
        if (character === '\u007f' || character === '\b') typed = Array.from(typed).slice(0, -1).join('')
        else if (character === '\u0015') typed = ''
        else if (character >= ' ' && typed.length < longest) typed += character
      }
    }
    input.on('data', read)
  })
}
