import type { Facts } from '../pki/facts.ts'
import type { Context } from './context.ts'
import type { Evidence } from './evidence.ts'
import type { CauseCode } from './failures.ts'

const day = (date: string) => date.slice(0, 10)

/** Flaws that can be seen in the certificate, and in what is sent above it: any server may stumble over them. */
export function certificateFlaws({ certificate, chain = [], now }: Pick<Context, 'certificate' | 'chain' | 'now'>) {
  if (!certificate) return []
  const found: Evidence[] = []
  const add = (weight: number, code: CauseCode, says: string) => found.push({ code, weight, says })
  for (const [i, one] of [certificate, ...chain].entries()) {
    const which = i === 0 ? 'It' : `The certificate of ${one.subject} above it`
    // What is wrong further up weighs a little less than what is wrong with the certificate itself.
    if (one.notAfter && Date.parse(one.notAfter) < now.getTime()) {
      add(100 - i, 'client.expired', `${which} was valid until ${day(one.notAfter)}.`)
    }
    if (one.notBefore && Date.parse(one.notBefore) > now.getTime()) {
      add(100 - i, 'client.not-yet-valid', `${which} is valid from ${one.notBefore}.`)
    }
  }
  const purposes = certificate.extendedKeyUsage
  if (purposes && !purposes.includes('clientAuth') && !purposes.includes('anyExtendedKeyUsage')) {
    add(95, 'client.wrong-purpose', `Its extended key usage is ${purposes.join(', ')}, without clientAuth.`)
  }
  if (certificate.keyUsage && !certificate.keyUsage.includes('digitalSignature')) {
    const usage = certificate.keyUsage.join(', ') || 'empty'
    add(90, 'client.key-usage', `Its key usage is ${usage}, without digitalSignature.`)
  }
  const weak = weakness(certificate)
  if (weak) add(85, 'client.too-weak', weak)
  return found
}

function weakness({ keyAlgorithm, keyBits, selfSigned, signatureAlgorithm }: Facts): string | null {
  if (keyAlgorithm?.startsWith('RSA') && (keyBits ?? 2048) < 2048) {
    return `Its RSA key has ${keyBits} bits; servers want 2048.`
  }
  // A self-signed certificate's signature is checked by nobody.
  if (!selfSigned && hasWeakSignature({ signatureAlgorithm })) {
    return `It was signed with ${signatureAlgorithm}; servers want SHA-256.`
  }
  return null
}

/** Signed over MD5 or SHA-1, which OpenSSL refuses from security level 1 or 2 on. */
export const hasWeakSignature = ({ signatureAlgorithm }: Pick<Facts, 'signatureAlgorithm'>): boolean =>
  /md[245]|sha1(?!\d)/i.test(signatureAlgorithm ?? '')

/**
 * What the certificate itself says against a cause that somebody else claims. Dates weigh little, because the server has
 * a clock of its own; that a certificate is not self-signed settles it.
 */
export function contradiction(code: CauseCode, { certificate, chain = [] }: Context): Evidence | null {
  if (!certificate) return null
  const against = (weight: number, says: string): Evidence => ({ code, weight, says })
  const { extendedKeyUsage: purposes, keyUsage, notBefore } = certificate
  switch (code) {
    case 'client.expired': {
      const ends = [certificate, ...chain].flatMap((one) => one.notAfter ?? []).sort()[0]
      return ends ? against(-20, `By this computer’s clock all that was sent is valid until ${day(ends)}.`) : null
    }
    case 'client.not-yet-valid':
      return notBefore ? against(-20, `By this computer’s clock it is valid since ${day(notBefore)}.`) : null
    case 'client.wrong-purpose':
      return against(
        -50,
        purposes ? `Its extended key usage is ${purposes.join(', ')}.` : 'It is meant for any purpose.',
      )
    case 'client.key-usage':
      return against(-50, keyUsage ? `Its key usage is ${keyUsage.join(', ')}.` : 'Its key usage is not restricted.')
    case 'client.self-signed':
      return certificate.selfSigned ? null : against(-200, `It was issued by ${certificate.issuer}.`)
    case 'client.missing-intermediate':
      if (certificate.selfSigned) return against(-200, 'It is its own issuer: nothing belongs above it.')
      return chain.length > 0 ? against(-20, `${chain.length} more were sent above it.`) : null
    default:
      return null
  }
}
