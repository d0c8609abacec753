// The reader as it is, except that some texts bring it down: a file that begins with one of these words, or a
// certificate whose subject has one (encoded as UTF-8), misbehaves at the moment its text is decoded.
import '../../electron/reader.ts'

const faults: Record<string, () => unknown> = {
  HANG: () => {
    for (;;);
  },
  HOARD: () => {
    const kept = []
    for (;;) kept.push(Array.from({ length: 100_000 }, (_, i) => i + 0.5))
  },
  FILL: () => {
    const kept = []
    // Octets lie outside the heap that V8 limits.
    for (;;) kept.push(new Uint8Array(1 << 20).fill(1))
  },
  // What is thrown while decoding would be taken for text that is not UTF-8.
  THROW: () => {
    String.prototype.matchAll = () => {
      throw new Error('a bug')
    }
  },
  EXIT: () => process.exit(3),
}

const decode = TextDecoder.prototype.decode
TextDecoder.prototype.decode = function (input, options) {
  const text = decode.call(this, input, options)
  const fault = faults[/^(HANG|HOARD|FILL|THROW|EXIT)\b/.exec(text.slice(0, 8))?.[1] ?? '']
  fault?.()
  return text
}
