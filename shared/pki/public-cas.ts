import type { Facts } from './facts.ts'
import { partOf } from './names.ts'

/** CAs whose TLS certificates browsers trust, by what stands in the organisation or name of their issuers. */
const families: [family: string, issuer: RegExp][] = [
  ['Let’s Encrypt', /\bLet'?s Encrypt\b|\bInternet Security Research Group\b|\bISRG\b/i],
  ['DigiCert', /\bDigiCert\b|\bGeoTrust\b|\bThawte\b|\bRapidSSL\b|\bQuoVadis\b/i],
  ['Sectigo', /\bSectigo\b|\bCOMODO\b|\bUSERTRUST\b|\bZeroSSL\b|\bGandi\b|\bNetwork Solutions\b/i],
  ['GlobalSign', /\bGlobalSign\b|\bAlphaSSL\b/i],
  ['Google Trust Services', /\bGoogle Trust Services\b/i],
  ['Amazon', /^Amazon$|\bAmazon (?:RSA|ECDSA|Root)\b/i],
  ['Entrust', /\bEntrust\b|\bAffirmTrust\b/i],
  ['GoDaddy', /\bGoDaddy\b|\bStarfield\b/i],
  ['IdenTrust', /\bIdenTrust\b/i],
  ['SSL.com', /\bSSL Corp(?:oration)?\b|\bSSL\.com\b/i],
  ['Certum', /\bAsseco\b|\bCertum\b|\bUnizeto\b/i],
  ['Buypass', /\bBuypass\b/i],
  ['Actalis', /\bActalis\b/i],
  ['HARICA', /\bHARICA\b|\bHellenic Academic\b/i],
  ['SwissSign', /\bSwissSign\b/i],
  ['Telia', /\bTelia\b|\bSonera\b/i],
  ['D-Trust', /\bD-Trust\b/i],
  ['Certigna', /\bCertigna\b|\bDhimyotis\b/i],
  ['Microsec', /\bMicrosec\b/i],
  ['TWCA', /\bTAIWAN-CA\b/i],
  ['Trustwave', /\bTrustwave\b|\bViking Cloud\b/i],
  ['WISeKey', /\bWISeKey\b/i],
  ['Microsoft', /^Microsoft Corporation$/i],
  ['Cloudflare', /^CloudFlare, Inc\.$/i],
]

/** The CA/Browser Forum’s policies for TLS certificates: domain, organisation, individual, extended validation. */
const tlsPolicies = /\b2\.23\.140\.1\.(?:1|2\.[123])\b/

/**
 * The public CA that issued a certificate for TLS servers; `null` for private ones. A known name is not enough, since
 * the same companies run private hierarchies: a TLS policy, timestamps of public logs or the purpose serverAuth must be
 * there too.
 */
export function publicTlsCa(facts: Facts): string | null {
  const has = (oid: string) => facts.extensions?.find((extension) => extension.oid === oid)
  const policies = has('2.5.29.32')?.value.some((line) => tlsPolicies.test(line)) ?? false
  const logged = has('1.3.6.1.4.1.11129.2.4.2') !== undefined
  const organization = partOf(facts.issuerParts, 'O') ?? ''
  const name = partOf(facts.issuerParts, 'CN') ?? ''
  const family = families.find(([, issuer]) => issuer.test(organization) || issuer.test(name))?.[0]
  if (policies || logged) return family ?? (organization || name || 'a public CA')
  return family !== undefined && facts.extendedKeyUsage?.includes('serverAuth') ? family : null
}
