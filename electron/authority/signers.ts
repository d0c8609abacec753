import type { Means } from '../means.ts'
import type { AuthorityRecord } from '../vault/authority-record.ts'
import { cfsslSigner } from './cfssl-signer.ts'
import { estSigner } from './est-signer.ts'
import type { Signer } from './signer.ts'
import { tokenSigner } from './token-signer.ts'
import { vaultSigner } from './vault-signer.ts'

/** What signing takes: the command line brings these too. */
export type SigningMeans = Pick<Means, 'vault' | 'now' | 'tokens' | 'tokenLibraries'> & {
  ask: Pick<Means['ask'], 'confirm'>
}

/** The way to an authority's signature, by where its key is. Nothing is opened or asked before it signs. */
export function signerFor(means: SigningMeans, record: AuthorityRecord): Signer {
  switch (record.keyPlace.at) {
    case 'vault':
      return vaultSigner(means, record)
    case 'cfssl':
      return cfsslSigner(means, record, record.keyPlace)
    case 'est':
      return estSigner(means, record, record.keyPlace)
    case 'token':
      return tokenSigner(means, record, record.keyPlace)
  }
}
