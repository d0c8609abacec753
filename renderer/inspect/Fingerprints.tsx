import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import type { Facts } from '../../shared/pki/facts.ts'
import { CopyIcon } from '../parts/CopyText.tsx'
import { KeyValue, type Pair } from '../parts/KeyValue.tsx'
import { withColons } from './field-words.ts'
import classes from './ObjectPane.module.css'
import { Section } from './Section.tsx'

type Notation = 'hex' | 'colons'

/** Bytes of one piece; a line breaks between pieces only. */
const pieceBytes = 8

function Print({ hex, notation, what }: { hex: string; notation: Notation; what: string }) {
  const text = notation === 'hex' ? hex : withColons(hex)
  const length = notation === 'hex' ? pieceBytes * 2 : pieceBytes * 3
  const pieces = text.match(new RegExp(`.{1,${length}}`, 'g')) ?? []
  return (
    <span className={classes.print}>
      <span className={`${classes.digits} mono selectable`}>
        {pieces.map((piece, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place
          <span key={at}>{piece}</span>
        ))}
      </span>
      <span className={classes.copy}>
        <CopyIcon text={text} what={what} />
      </span>
    </span>
  )
}

/** The digests by which two people make sure that they mean the same object. */
export function Fingerprints({ facts }: { facts: Facts }) {
  const [notation, setNotation] = useState<Notation>('colons')
  const row = (name: string, hex: string | undefined, what: string): Pair | null =>
    hex ? [name, <Print key={name} hex={hex} notation={notation} what={what} />] : null
  if (!facts.sha256 && !facts.sha1 && !facts.spkiSha256) return null
  const choice = (
    <SegmentedControl
      size="xs"
      aria-label="Notation of fingerprints"
      value={notation}
      onChange={(value) => setNotation(value as Notation)}
      data={[
        { value: 'colons', label: 'AB:CD' },
        { value: 'hex', label: 'abcd' },
      ]}
    />
  )
  return (
    <Section title="Fingerprints" wide aside={choice}>
      <KeyValue
        pairs={[
          row('SHA-256', facts.sha256, 'SHA-256 fingerprint'),
          row('SHA-1', facts.sha1, 'SHA-1 fingerprint'),
          row('Key (SPKI SHA-256)', facts.spkiSha256, 'key fingerprint'),
        ]}
      />
    </Section>
  )
}
