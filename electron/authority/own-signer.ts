import { encodeTbs } from '../../shared/authority/certificate-content.ts'
import type { Bytes } from '../../shared/pki/der.ts'
import type { KeyAlgorithm } from '../../shared/pki/key-plan.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { Signer } from './signer.ts'

/** Signs what is made for the key's kind; `what` finishes the question to the user: "sign a revocation list". */
export type SignPart = (tbsOf: (key: KeyAlgorithm) => Bytes, what: string) => Promise<Result<Bytes>>

/** A key of ours, wherever it is: what is signed is exactly what was shown. */
export const ownSigner = (key: KeyAlgorithm | undefined, sign: SignPart): Signer => ({
  decides: 'us',
  ...(key && { key }),
  async sign({ content, whose }) {
    const certificate = await sign((kind) => encodeTbs(content, kind), `sign a certificate for “${whose}”`)
    return certificate.ok ? ok({ certificateDer: certificate.value, chainDer: [] }) : certificate
  },
  signList: (tbs) => sign(() => tbs, 'sign a revocation list'),
})
