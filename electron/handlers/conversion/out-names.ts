import type { Target } from '../../../shared/pki/convert-how.ts'

const endings: Record<Target, string> = {
  pem: 'pem',
  der: 'der',
  p7b: 'p7b',
  p7c: 'p7c',
  p12: 'p12',
  jks: 'jks',
  truststore: 'truststore.p12',
  pkcs8: 'key',
  pkcs1: 'key',
  sec1: 'key',
  'public-key': 'pub.pem',
}

/** What one file out of all of them is called. */
export const togetherName = (to: Target): string => `all.${endings[to]}`

/**
 * Names for what becomes of dropped files, in one folder: the old name with the new form's ending, numbered where two
 * would have the same one. Upper and lower case are one name, because on many file systems they are.
 */
export function outNames(files: readonly { file: string; keyAlone?: boolean }[], to: Target): string[] {
  const taken = new Set<string>()
  return files.map(({ file, keyAlone }) => {
    const stem = stemOf(file)
    const ending = to === 'pem' && keyAlone ? 'key' : endings[to]
    for (let i = 1; ; i++) {
      const name = `${i === 1 ? stem : `${stem}-${i}`}.${ending}`
      if (taken.has(name.toLowerCase())) continue
      taken.add(name.toLowerCase())
      return name
    }
  })
}

/** A name may come with dropped content instead of from a disk: nothing in it may lead elsewhere. */
function stemOf(file: string): string {
  const name = file === '-' ? 'pasted' : (file.split(/[\\/]/).pop() ?? '')
  const plain = name.replace(/[:*?"<>|\u0000-\u001f]/g, '-').replace(/\.[^.]{1,10}$/, '')
  return plain.replace(/^[.\s]+|[.\s]+$/g, '').slice(0, 120) || 'file'
}
