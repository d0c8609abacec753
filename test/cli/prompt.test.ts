import { PassThrough } from 'node:stream'
import type { ReadStream, WriteStream } from 'node:tty'
import { describe, expect, it } from 'vitest'
import { readSecret } from '../../electron/cli/prompt.ts'

function terminal() {
  const modes: boolean[] = []
  const input = Object.assign(new PassThrough(), { setRawMode: (mode: boolean) => modes.push(mode) })
  const output = new PassThrough()
  let shown = ''
  output.on('data', (chunk) => {
    shown += chunk
  })
  const ask = () => readSecret(input as unknown as ReadStream, output as unknown as WriteStream, 'Passphrase of x')
  return { input, modes, ask, shown: () => shown }
}

describe('asking for a passphrase', () => {
  it('shows the question, nothing of the answer, and leaves the terminal as it was', async () => {
    const { input, modes, ask, shown } = terminal()
    const answer = ask()
    for (const piece of ['se', 'crX', '\u007f', 'et €\r']) input.write(piece)
    expect(await answer).toBe('secret €')
    expect(shown()).toBe('Passphrase of x: \n')
    expect(modes).toEqual([true, false])
  })

  it('takes a whole line back with Ctrl-U, and ends with nothing on Ctrl-C', async () => {
    const first = terminal()
    const answer = first.ask()
    first.input.write('wrong\u0015right\n')
    expect(await answer).toBe('right')
    const second = terminal()
    const broken = second.ask()
    second.input.write('abc\u0003')
    expect(await broken).toBeNull()
    expect(second.modes).toEqual([true, false])
  })
})
