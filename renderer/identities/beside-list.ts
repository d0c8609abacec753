import { go } from '../place.ts'

export const toImport = () => go({ room: 'identities', view: 'import' })
export const toBin = () => go({ room: 'identities', view: 'bin' })
