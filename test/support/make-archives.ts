// Small archives for tests, made by hand: a zip as other tools write it, and a .tgz as npm does.

import { crc32, deflateRawSync, gzipSync } from 'node:zlib'

type Options = { mode?: number; damage?: boolean; stored?: boolean; claimedSize?: number }

/** A zip file of these names and texts. */
export function zipOf(files: Record<string, string | Buffer>, options: Options = {}): Buffer {
  const { mode = 0o100755, damage = false, stored = false } = options
  const locals: Buffer[] = []
  const centrals: Buffer[] = []
  let at = 0
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content)
    const packed = stored ? bytes : deflateRawSync(bytes)
    const path = Buffer.from(name)
    const fields = Buffer.alloc(22)
    fields.writeUInt16LE(stored ? 0 : 8, 4)
    fields.writeUInt32LE((crc32(bytes) ^ (damage ? 1 : 0)) >>> 0, 10)
    fields.writeUInt32LE(packed.length, 14)
    fields.writeUInt32LE(options.claimedSize ?? bytes.length, 18)
    const lengths = Buffer.alloc(4)
    lengths.writeUInt16LE(path.length, 0)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, lengths, path, packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE((mode << 16) >>> 0, 6)
    tail.writeUInt32LE(at, 10)
    centrals.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03'), fields, lengths, tail, path]))
    locals.push(local)
    at += local.length
  }
  const table = Buffer.concat(centrals)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(centrals.length, 8)
  end.writeUInt16LE(centrals.length, 10)
  end.writeUInt32LE(table.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, table, end])
}

/** A .tgz of these names and contents. */
export function tgzOf(files: Record<string, string | Buffer>): Buffer {
  const parts = Object.entries(files).flatMap(([name, content]) => {
    const bytes = Buffer.from(content)
    const head = Buffer.alloc(512)
    head.write(name, 0)
    head.write(bytes.length.toString(8).padStart(11, '0'), 124)
    head.write('ustar\x0000', 257, 'latin1')
    return [head, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]
  })
  return gzipSync(Buffer.concat([...parts, Buffer.alloc(1024)]))
}
