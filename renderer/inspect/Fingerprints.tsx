import { SegmentedControl } from '@mantine/core'
import type { ReactNode } from 'react'
import { create } from 'zustand'
import type { Facts } from '../../shared/pki/facts.ts'
import { CopyIcon } from '../parts/CopyText.tsx'
import { KeyValue, type Pair } from '../parts/KeyValue.tsx'
import { PlainTerm } from '../parts/PlainTerm.tsx'
import { base64OfHex, withColons } from './field-words.ts'
import classes from './ObjectPane.module.css'
import { Section } from './Section.tsx'

type Notation = 'colons' | 'hex' | 'base64'

/** The notation stays from one object to the next. */
const useNotation = create<{ notation: Notation }>(() => ({ notation: 'colons' }))

const write: Record<Notation, (hex: string) => string> = {
  colons: withColons,
  hex: (hex) => hex.toLowerCase(),
  base64: base64OfHex,
}
/** Characters of one piece; a line breaks between pieces only. */
const pieceLength: Record<Notation, number> = { colons: 24, hex: 16, base64: 22 }

function Print({ hex, notation, what }: { hex: string; notation: Notation; what: string }) {
  const text = write[notation](hex)
  const pieces = text.match(new RegExp(`.{1,${pieceLength[notation]}}`, 'g')) ?? []
  return (
    <span className={classes.print}>
      <span className={`${classes.digits} mono selectable`}>
        {pieces.map((piece, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place
          <span key={at}>{piece}</span>
        ))}
      </span>
      <CopyIcon text={text} what={what} />
    </span>
  )
}

/** The digests by which two people make sure that they mean the same object. */
export function Fingerprints({ facts, pinSha256 }: { facts: Facts; pinSha256?: string }) {
  const notation = useNotation((state) => state.notation)
  const row = (name: ReactNode, hex: string | undefined, what: string): Pair | null =>
    hex ? [name, <Print key={what} hex={hex} notation={notation} what={what} />] : null
  const choice = (
    <SegmentedControl
      size="xs"
      aria-label="Notation of fingerprints"
      value={notation}
      onChange={(value) => useNotation.setState({ notation: value as Notation })}
      data={[
        { value: 'colons', label: 'AB:CD' },
        { value: 'hex', label: 'abcd' },
        { value: 'base64', label: 'base64' },
      ]}
    />
  )
  const pin = pinSha256 ? `sha256//${pinSha256}` : undefined
  return (
    <div className={classes.sections}>
      {(facts.sha256 || facts.sha1) && (
        <Section title="Of the object" wide aside={choice}>
          <KeyValue
            pairs={[row('SHA-256', facts.sha256, 'SHA-256 fingerprint'), row('SHA-1', facts.sha1, 'SHA-1 fingerprint')]}
          />
        </Section>
      )}
      {facts.spkiSha256 && (
        <Section
          title="Of its key: the same in request, certificate and renewal"
          wide
          aside={facts.sha256 ? undefined : choice}
        >
          <KeyValue
            pairs={[
              row(<PlainTerm key="key" plain="SHA-256" term="SPKI" />, facts.spkiSha256, 'key fingerprint'),
              pin !== undefined && [
                <PlainTerm key="pin" plain="Pin" term="curl" />,
                <span key="value" className={classes.print}>
                  <span className="mono selectable">{pin}</span>
                  <CopyIcon text={pin} what="public key pin" />
                </span>,
              ],
            ]}
          />
        </Section>
      )}
    </div>
  )
}
