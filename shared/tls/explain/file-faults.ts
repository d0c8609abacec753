import type { InspectedObject } from '../../pki/facts.ts'
import { pairFindings } from '../../pki/pair-findings.ts'
import type { CauseCode } from '../failures.ts'
import { catalogue } from '../failures.ts'
import type { GivenFile } from '../forecast/traits.ts'

type FoundObject = GivenFile['objects'][number]

const places = { certificate: 'the certificate', key: 'the private key', bundle: 'the bundle' } as const
const wanted = { certificate: 'certificate', key: 'private-key', bundle: 'pkcs12' } as const

/** What stands in the place of something else. */
const instead: Partial<Record<InspectedObject['kind'], CauseCode>> = {
  request: 'file.is-request',
  'private-key': 'file.is-key',
  certificate: 'file.is-certificate',
  'public-key': 'file.is-public-key',
  crl: 'file.is-list',
  pkcs7: 'file.is-collection',
  pkcs12: 'file.is-bundle',
}

/** What is wrong with the files that a program was given, each with the sentence that says so. */
export function fileFaults(files: readonly GivenFile[]): Map<CauseCode, string> {
  const faults = new Map<CauseCode, string>()
  const add = (code: CauseCode, says: string) => void (faults.has(code) || faults.set(code, says))
  for (const file of files) ofOne(file, add)
  pairs(files, add)
  // Said once for both: what stands where is the same mistake.
  if (faults.has('file.swapped')) for (const one of ['file.is-key', 'file.is-certificate'] as const) faults.delete(one)
  return faults
}

type Add = (code: CauseCode, says: string) => void

function ofOne({ as, objects }: GivenFile, add: Add): void {
  const place = places[as]
  const outer = objects.filter(({ inside }) => inside === undefined)
  const right = outer.find(({ kind }) => kind === wanted[as])
  for (const { code, message } of outer.flatMap(({ findings }) => findings)) {
    if (code in catalogue) add(code as CauseCode, message)
  }
  for (const { problem } of outer) {
    if (problem?.code === 'key.passphrase-wrong')
      add('file.passphrase-wrong', `The passphrase given does not open ${place}.`)
    else if (problem && problem.code in catalogue) add(problem.code as CauseCode, `${problem.title}.`)
  }
  if (!right) {
    const other = outer.map(({ kind }) => instead[kind]).find((code) => code !== undefined)
    if (as === 'bundle' && outer.some(({ encoding }) => encoding === 'PEM')) {
      add('file.is-text', 'The file given as a bundle is PEM text.')
    } else if (other) add(other, `It was given in the place of ${place}.`)
    return
  }
  if (as === 'certificate' && right.encoding === 'DER') add('file.is-binary', 'The certificate file is binary (DER).')
  if (as === 'key') ofKey(right, add)
  if (as === 'bundle') ofBundle(right, add)
}

function ofKey({ facts }: FoundObject, add: Add): void {
  if (facts.container !== undefined && /OpenSSH|PuTTY|PVK/i.test(facts.container)) {
    add('file.key-format', `The key is in the format of ${facts.container}.`)
  }
  if (facts.encrypted) add('file.passphrase-needed', 'The key is encrypted.')
}

function ofBundle({ facts }: FoundObject, add: Add): void {
  if (/RC2|RC4/i.test(facts.protection ?? ''))
    add('file.protection-unsupported', `It is protected with ${facts.protection}.`)
  if (facts.macAlgorithm === undefined) add('file.no-mac', 'The bundle has no MAC.')
  else if (facts.macAlgorithm.startsWith('PBMAC1'))
    add('file.protection-unsupported', `Its MAC is ${facts.macAlgorithm}.`)
  if (facts.keys === 0) add('file.no-key', 'The bundle holds no private key.')
}

const pairCauses: Record<string, CauseCode> = {
  'pair.swapped': 'file.swapped',
  'pair.leaf-not-first': 'file.order-wrong',
  'pair.key-mismatch': 'client.key-mismatch',
  'pair.key-type': 'client.key-mismatch',
}

/** Does the key belong to the first certificate, to a later one, or to none of the file? */
function pairs(files: readonly GivenFile[], add: Add): void {
  const slot = (as: GivenFile['as']) => ({
    name: places[as],
    objects: files.filter((file) => file.as === as).flatMap(({ objects }) => objects),
  })
  for (const { code, message } of pairFindings(slot('certificate'), slot('key'))) {
    const cause = pairCauses[code]
    if (cause) add(cause, message)
  }
}
