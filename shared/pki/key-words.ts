import type { Facts } from './facts.ts'

const curveNames: Record<string, string> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' }

/** A key in words: `RSA 2048`, `EC P-256`, `Ed25519`. */
export function keyWords({ keyAlgorithm, keyBits, curve }: Pick<Facts, 'keyAlgorithm' | 'keyBits' | 'curve'>): string {
  if (keyAlgorithm === undefined) return ''
  if (curve !== undefined) return `${keyAlgorithm} ${curveNames[curve] ?? curve}`
  return keyAlgorithm.startsWith('RSA') && keyBits !== undefined ? `${keyAlgorithm} ${keyBits}` : keyAlgorithm
}

/** Hex in groups of four, so that two people can read it to each other. */
export const spacedHex = (hex: string): string => hex.replace(/(.{4})(?=.)/g, '$1 ')
