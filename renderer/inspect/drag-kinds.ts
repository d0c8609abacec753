import type { ObjectRow } from '../../shared/pki/inspect-calls.ts'

const kinds: readonly ObjectRow['kind'][] = ['certificate', 'request', 'crl', 'public-key']

/** It holds no private key, so it may be dragged out of the window as a file. */
export const isPublic = ({ kind }: Pick<ObjectRow, 'kind'>): boolean => kinds.includes(kind)
