import type { Change, Compared } from './compare-words.ts'
import { difference, listed, namesInWords, sentence, spanInWords } from './compare-words.ts'
import type { Facts } from './facts.ts'

/** What the whole comparison comes to, for the top of the screen. */
export function inOneSentence(change: Change): string {
  const { from, to } = change
  if (from.facts.sha256 !== undefined && from.facts.sha256 === to.facts.sha256 && from.kind === to.kind) {
    return 'Both are the same, byte for byte.'
  }
  if (change.answers) return answerSentence(from.facts, to.facts)
  if (from.kind !== to.kind) return keySentence(from, to)
  switch (from.kind) {
    case 'certificate':
      return certificateSentence(from.facts, to.facts)
    case 'request':
      return sentence([keyPart(from.facts, to.facts), ...contentParts(from.facts, to.facts)].join(', '))
    case 'crl':
      return listSentence(change)
    default:
      return keySentence(from, to)
  }
}

function keySentence(from: Compared, to: Compared): string {
  const [one, other] = [from.facts.spkiSha256, to.facts.spkiSha256]
  if (from.facts.keyAlgorithm === undefined && to.facts.keyAlgorithm === undefined) {
    return 'These two have nothing in common that could be compared.'
  }
  if (one === undefined || other === undefined) return 'A key is locked or missing, so that the two cannot be compared.'
  return one === other ? 'They hold the same key: they belong together.' : 'They hold different keys.'
}

const keyWord = ({ keyAlgorithm, keyBits, curve }: Facts): string =>
  curve && curve !== 'explicit parameters'
    ? `${keyAlgorithm} ${curve}`
    : `${keyAlgorithm}${keyBits ? ` ${keyBits}` : ''}`

function keyPart(from: Facts, to: Facts): string {
  if (from.spkiSha256 === to.spkiSha256) return 'the same key'
  return keyWord(from) === keyWord(to) ? 'another key' : `another key (${keyWord(to)} instead of ${keyWord(from)})`
}

function certificateSentence(from: Facts, to: Facts): string {
  const sameKey = from.spkiSha256 === to.spkiSha256
  const { lost, added } = difference(from.subjectAltNames ?? [], to.subjectAltNames ?? [])
  const sharesName = (from.subjectAltNames?.length ?? 0) > lost.length
  if (!sameKey && from.subject !== to.subject && from.issuer !== to.issuer && !sharesName) {
    return 'Two certificates that have neither name, issuer nor key in common.'
  }
  if (!sameKey && from.subject !== to.subject && !sharesName) {
    return 'Certificates of the same issuer for two different subjects, with different keys.'
  }
  const parts = [keyPart(from, to), lifePart(from, to)]
  if (from.issuer !== to.issuer) parts.push('from another issuer')
  else if (lost.length === 0 && added.length === 0 && from.subject === to.subject) parts.push('the same names')
  return sentence([...parts.filter((part) => part !== ''), ...contentParts(from, to)].join(', '))
}

/** By the end of validity: that is what a person renews for. */
function lifePart(from: Facts, to: Facts): string {
  const longer = Date.parse(to.notAfter ?? '') - Date.parse(from.notAfter ?? '')
  if (Number.isNaN(longer)) return ''
  if (longer === 0) return 'valid until the same moment'
  return `valid ${spanInWords(longer)} ${longer > 0 ? 'longer' : 'shorter'}`
}

/** Subject, names and purposes, as far as they differ. */
function contentParts(from: Facts, to: Facts): string[] {
  const parts: string[] = []
  if (from.subject !== to.subject) parts.push('with another subject')
  const names = difference(from.subjectAltNames ?? [], to.subjectAltNames ?? [])
  if (names.lost.length > 0) parts.push(`without ${namesInWords(names.lost)}`)
  if (names.added.length > 0) parts.push(`with ${namesInWords(names.added)} added`)
  const purposes = purposeChange(from, to)
  if (purposes.lost.length > 0) parts.push(`without the purpose ${listed(purposes.lost)}`)
  if (purposes.added.length > 0) parts.push(`with the purpose ${listed(purposes.added)}`)
  if ((from.isCa ?? false) !== (to.isCa ?? false)) parts.push(to.isCa ? 'now a CA' : 'no longer a CA')
  return parts
}

/** A certificate that names no purposes may serve every one: none is lost with them. */
function purposeChange(from: Facts, to: Facts): { lost: string[]; added: string[] } {
  if (!from.extendedKeyUsage || !to.extendedKeyUsage) return { lost: [], added: [] }
  return difference(from.extendedKeyUsage, to.extendedKeyUsage)
}

function answerSentence(request: Facts, certificate: Facts): string {
  if (request.spkiSha256 !== certificate.spkiSha256) {
    return 'The certificate holds another key: it does not answer this request.'
  }
  const faults: string[] = []
  if (request.subject !== certificate.subject) faults.push('the subject is another one')
  const lost = difference(request.subjectAltNames ?? [], certificate.subjectAltNames ?? []).lost
  if (lost.length > 0) faults.push(`${namesInWords(lost)} ${lost.length === 1 ? 'is' : 'are'} missing`)
  const purposes = request.extendedKeyUsage
    ? difference(request.extendedKeyUsage, certificate.extendedKeyUsage ?? []).lost
    : []
  if (purposes.length > 0) {
    faults.push(`the purpose ${listed(purposes)}, which was asked for, is missing`)
  }
  if (faults.length === 0)
    return 'The certificate answers the request: the same key, and everything that was asked for.'
  return sentence(`The certificate answers the request with the same key, but ${faults.join(', and ')}`)
}

function listSentence({ from, to, toWord }: Change): string {
  if (from.facts.issuer !== to.facts.issuer) return 'Revocation lists of two different issuers.'
  if (from.revoked && to.revoked && isWhole(from) && isWhole(to)) {
    const serials = (side: Compared) => (side.revoked ?? []).map(({ serialHex }) => serialHex)
    const { lost, added } = difference(serials(from), serials(to))
    if (lost.length === 0 && added.length === 0) return 'Both lists revoke the same certificates.'
    const parts = [
      ...(added.length > 0 ? [`revokes ${added.length} more certificate${added.length === 1 ? '' : 's'}`] : []),
      ...(lost.length > 0 ? [`leaves out ${lost.length}`] : []),
    ]
    return sentence(`${toWord} ${parts.join(' and ')}`)
  }
  const more = (to.facts.revokedCount ?? 0) - (from.facts.revokedCount ?? 0)
  if (more === 0) return 'Both lists revoke the same number of certificates.'
  return sentence(`${toWord} revokes ${Math.abs(more)} ${more > 0 ? 'more' : 'fewer'}`)
}

/** Of a long list only the beginning may be at hand, which says nothing about what is missing. */
const isWhole = ({ revoked, facts }: Compared): boolean => revoked!.length === facts.revokedCount
