import type { z } from 'zod'
import type { CertificateSource } from '../../shared/calls/identities.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { gather, gatherContents, type NamedBytes } from '../gather.ts'
import type { AttachingMeans } from '../means.ts'

const filters = [
  { name: 'Certificates', extensions: ['pem', 'crt', 'cer', 'der', 'p7b', 'p7c', 'p7s', 'p12', 'pfx', 'zip', 'txt'] },
]

/** The files that a certificate is to be taken from; null when the dialog was closed. */
export function chooseCertificates({ ask }: Pick<AttachingMeans, 'ask'>) {
  let chosenLast: string[] = []
  return async (source: z.infer<typeof CertificateSource>): Promise<Result<NamedBytes[] | null>> => {
    switch (source.from) {
      case 'text':
        return ok([{ file: 'pasted text', bytes: new TextEncoder().encode(source.text) }])
      case 'contents':
        return read(gatherContents(source.files))
      case 'paths':
        return read(await gather(source.paths))
      case 'choose':
        chosenLast = await ask.files({ title: 'The certificate that came back', filters, many: true })
        return chosenLast.length === 0 ? ok(null) : read(await gather(chosenLast))
      case 'again':
        return chosenLast.length === 0 ? ok(null) : read(await gather(chosenLast))
    }
  }
}

/** What could be read; the reason of the first that could not, when nothing could. */
function read({ files, leftOut }: Awaited<ReturnType<typeof gather>>): Result<NamedBytes[]> {
  const [first] = leftOut
  return files.length === 0 && first ? refuse(first.problem) : ok(files)
}
