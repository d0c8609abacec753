import type { ReactNode } from 'react'
import type { Facts, NamePart } from '../../shared/pki/facts.ts'
import type { OpenedObject } from '../../shared/pki/inspect-calls.ts'
import { keyWords } from '../../shared/pki/key-words.ts'
import { CopyText } from '../parts/CopyText.tsx'
import { KeyValue, type Pair } from '../parts/KeyValue.tsx'
import { PlainTerm } from '../parts/PlainTerm.tsx'
import { ValidityBar } from '../parts/ValidityBar.tsx'
import { visibleStart } from '../parts/visible-text.ts'
import { AltNames } from './AltNames.tsx'
import { ChainHere } from './ChainHere.tsx'
import { attributeWord, keyUsageWords, purposeWords, type Words } from './field-words.ts'
import type { Listing } from './listing.ts'
import classes from './ObjectPane.module.css'
import { Section } from './Section.tsx'

/** Longest value shown whole; a name of twenty thousand characters is somebody's joke. */
const longest = 1000

const nameRows = (parts: readonly NamePart[]): Pair[] =>
  parts.map(
    ({ type, value }): Pair => [
      attributeWord(type),
      <bdi key={type}>
        {value === '' ? (
          <span className="dim">empty</span>
        ) : (
          <CopyText text={value} shown={visibleStart(value, longest)} what={attributeWord(type)} />
        )}
      </bdi>,
    ],
  )

/** The name in one line as other tools print it (RFC 4514), for copying. */
const oneLine = (name: string | undefined): Pair | null =>
  name
    ? [
        <PlainTerm key="name" plain="In one line" term="RFC 4514" />,
        <CopyText key="line" text={name} shown={visibleStart(name, longest)} what="name in one line" />,
      ]
    : null

const usage = (terms: readonly string[] | undefined, say: (term: string) => Words): ReactNode =>
  terms && terms.length > 0 ? (
    <ul className={classes.uses}>
      {terms.map((term) => (
        <li key={term}>
          {say(term).plain} <span className="dim">({term})</span>
        </li>
      ))}
    </ul>
  ) : undefined

const caWords = (facts: Facts): string | undefined => {
  if (facts.isCa === undefined) return undefined
  if (!facts.isCa) return 'No, it ends the chain'
  return facts.pathLength === undefined ? 'Yes' : `Yes, with at most ${facts.pathLength} more below it`
}

/** All that is known of an object, in words; what does not apply is left out. */
export function FactSections({ opened, listing, today }: { opened: OpenedObject; listing: Listing; today: Date }) {
  const { facts, kind, id } = opened.object
  const key = keyWords(facts) || undefined
  const keyPairs: Pair[] = (
    [
      ['Key', key],
      ['Curve', facts.curve && key !== `EC ${facts.curve}` ? facts.curve : undefined],
      ['Strength', opened.strength],
      ['Signed with', facts.signatureAlgorithm],
      [
        'Own signature',
        facts.signatureValid === undefined
          ? undefined
          : facts.signatureValid
            ? 'right: the sender holds the key'
            : 'wrong',
      ],
      ['Issues certificates', caWords(facts)],
      ['Version', facts.version && kind === 'certificate' ? `X.509 v${facts.version}` : undefined],
    ] satisfies Pair[]
  ).filter((pair) => pair[1] !== undefined)
  const fileKind = kind === 'private-key' || kind === 'pkcs12' || kind === 'pkcs7' || kind === 'keystore'
  const filePairs: Pair[] = [
    ['Format', facts.container],
    ['Passphrase', facts.encrypted === undefined ? undefined : facts.encrypted ? 'protected' : 'none'],
    ['Protection', facts.protection],
    ['Integrity check (MAC)', facts.macAlgorithm],
    ['Name inside', facts.friendlyName && visibleStart(facts.friendlyName, longest)],
    ['Private keys', facts.keys?.toLocaleString()],
    ['Certificates', facts.certificates?.toLocaleString()],
    ['Revocation lists', facts.crls?.toLocaleString()],
    ['Size', facts.bytes === undefined ? undefined : `${facts.bytes.toLocaleString()} bytes`],
  ]
  return (
    <div className={classes.sections}>
      {facts.notBefore && facts.notAfter && (
        <Section title="Validity" wide>
          <ValidityBar notBefore={facts.notBefore} notAfter={facts.notAfter} today={today} />
        </Section>
      )}
      {kind === 'crl' && facts.thisUpdate && (
        <Section title="List" wide>
          {facts.nextUpdate && (
            <ValidityBar notBefore={facts.thisUpdate} notAfter={facts.nextUpdate} today={today} renewable />
          )}
          <KeyValue
            pairs={[
              !facts.nextUpdate && ['Made on', facts.thisUpdate],
              ['Number', facts.crlNumber],
              ['Revoked certificates', facts.revokedCount?.toLocaleString()],
            ]}
          />
        </Section>
      )}
      {facts.subject !== undefined && (
        <Section title="Subject">
          {facts.subjectParts?.length || facts.subject ? (
            <KeyValue pairs={[...nameRows(facts.subjectParts ?? []), oneLine(facts.subject)]} />
          ) : (
            <p className="dim">empty</p>
          )}
        </Section>
      )}
      {facts.issuer !== undefined && (
        <Section title="Issuer">
          {facts.selfSigned ? (
            <p>The same name: it is signed by itself.</p>
          ) : (
            <KeyValue pairs={[...nameRows(facts.issuerParts ?? []), oneLine(facts.issuer)]} />
          )}
        </Section>
      )}
      {facts.subjectAltNames && facts.subjectAltNames.length > 0 && (
        <Section
          title={`Names it stands for (SAN, ${facts.subjectAltNames.length.toLocaleString()})`}
          wide={facts.subjectAltNames.length > 6}
        >
          <AltNames key={`${facts.sha256} ${id}`} names={facts.subjectAltNames} />
        </Section>
      )}
      <ChainHere id={id} listing={listing} today={today} />
      {(facts.keyUsage?.length || facts.extendedKeyUsage?.length) && (
        <Section title="What it may be used for">
          <KeyValue
            pairs={[
              ['Purpose', usage(facts.extendedKeyUsage, purposeWords)],
              ['Key', usage(facts.keyUsage, keyUsageWords)],
            ]}
          />
        </Section>
      )}
      {keyPairs.length > 0 && (
        <Section title={facts.signatureAlgorithm ? 'Key and signature' : 'Key'}>
          <KeyValue pairs={keyPairs} />
        </Section>
      )}
      {fileKind && (
        <Section title="File">
          <KeyValue pairs={filePairs} />
        </Section>
      )}
      {facts.serialHex && (
        <Section title="Serial number">
          <KeyValue
            pairs={[
              ['Hex', <CopyText key="hex" text={facts.serialHex} what="serial number in hex" />],
              [
                'Decimal',
                facts.serialDecimal && <CopyText text={facts.serialDecimal} what="serial number in decimal" />,
              ],
            ]}
          />
        </Section>
      )}
    </div>
  )
}
