import type { Facts } from '../../shared/pki/facts.ts'
import { keyWords, spacedHex } from '../../shared/pki/key-words.ts'
import { CopyText } from './CopyText.tsx'
import { DateText } from './DateText.tsx'
import { lifetimeWords } from './fact-words.ts'
import { KeyValue } from './KeyValue.tsx'

const many = (values: string[] | undefined) =>
  values?.length ? (
    <span className="selectable">
      {values.map((value) => (
        <span key={value} style={{ display: 'block' }}>
          {value}
        </span>
      ))}
    </span>
  ) : undefined

/** The facts of a certificate or a request that one compares with a provider's page. */
export function FactList({ facts, today }: { facts: Facts; today?: Date }) {
  const { subject, issuer, notBefore, notAfter, serialHex, sha256 } = facts
  return (
    <KeyValue
      pairs={[
        ['Subject', subject !== undefined && <CopyText key="s" text={subject} what="subject" />],
        [
          'Issued by',
          issuer !== undefined &&
            (facts.selfSigned ? 'itself (self-signed)' : <CopyText key="i" text={issuer} what="issuer" />),
        ],
        ['Valid from', notBefore && <DateText key="f" iso={notBefore} />],
        [
          'Valid to',
          notAfter && (
            <span key="t">
              <DateText iso={notAfter} today={today} />
              {notBefore && <span className="dim">, {lifetimeWords(notBefore, notAfter)} in all</span>}
            </span>
          ),
        ],
        ['Alternative names', many(facts.subjectAltNames)],
        ['Key', keyWords(facts)],
        ['Signed with', facts.signatureAlgorithm],
        ['May be used for', many(facts.extendedKeyUsage)],
        ['Serial number', serialHex && <CopyText key="n" text={serialHex} what="serial number" />],
        [
          'Fingerprint (SHA-256)',
          sha256 && <CopyText key="h" text={sha256} shown={spacedHex(sha256)} what="fingerprint" />,
        ],
      ]}
    />
  )
}
