import type { Bytes } from '../../shared/pki/der.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import { readRequest } from '../../shared/pki/request.ts'
import { ok, type Result } from '../../shared/result.ts'
import { nearMiss } from './near-miss.ts'
import { readGiven } from './read-given.ts'

/** DER of the signing request in a file of any form; a near miss is refused by what it is. */
export async function requestIn(path: string): Promise<Result<Bytes>> {
  const read = await readGiven(path, 1024 * 1024)
  if (!read.ok) return read
  const { findObjects } = await import('../../shared/pki/inspect.ts')
  const found = await findObjects(path, new Uint8Array(read.value), { passphrases: [], today: new Date() })
  const pem = found.find(({ object }) => object.kind === 'request' && object.pem !== undefined)?.object.pem ?? ''
  const der = pemBlocks(pem)[0]?.der
  return der && readRequest(der) ? ok(der) : nearMiss('request.none-in-file', path, read.value)
}
