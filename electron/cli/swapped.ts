import { areSwapped, type Slot } from '../../shared/pki/pair-findings.ts'
import { type Result, refuse } from '../../shared/result.ts'
import type { Reader } from '../reader-client.ts'
import { readGiven } from './read-given.ts'

/** `refused` as it is, or `pair.swapped` when the two files were given in place of each other. */
export async function unlessSwapped<T>(
  refused: Result<T>,
  certificate: string,
  key: string | undefined,
  reader: Reader,
): Promise<Result<T>> {
  if (refused.ok || key === undefined || key === certificate) return refused
  if (!/^(?:attach\.is-private-key|key\.(?:none-in-file|passphrase-needed))$/.test(refused.problem.code)) return refused
  const [inCertificate, inKey] = [await slotOf(certificate, reader), await slotOf(key, reader)]
  return areSwapped(inCertificate, inKey) ? refuse({ code: 'pair.swapped', certificate, key }) : refused
}

async function slotOf(path: string, reader: Reader): Promise<Slot> {
  const read = await readGiven(path)
  const looked = read.ok ? await reader.inspect([{ file: path, bytes: read.value }], []) : undefined
  return { name: path, objects: looked?.ok ? looked.value.objects : [] }
}
