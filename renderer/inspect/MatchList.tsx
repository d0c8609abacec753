import { Anchor } from '@mantine/core'
import { IconLink } from '@tabler/icons-react'
import { useState } from 'react'
import type { ObjectRow } from '../../shared/pki/inspect-calls.ts'
import type { Listing } from './listing.ts'
import { type Match, matchesOf } from './matches.ts'
import classes from './ObjectPane.module.css'
import { fileName, kindWords, titleOf } from './object-words.ts'

type Props = { row: ObjectRow; listing: Listing; onChoose: (id: string) => void }

/** A root may have issued hundreds of what was dropped. */
const firstShown = 6

const says: Record<Match['word'], string> = {
  key: 'Its private key',
  request: 'Its signing request',
  certificate: 'Its certificate',
  'same key': 'Has the same key',
  issuer: 'Issued by',
  issued: 'It issued',
}

const proof = ({ word, verified }: Match): string => {
  if (word !== 'issuer' && word !== 'issued') return 'same key'
  if (verified === true) return 'signature checked'
  return verified === false ? 'signature does not fit' : 'by name; signature not checked'
}

/** What else was dropped that belongs to this object: key, request, certificate, issuer. */
export function MatchList({ row, listing, onChoose }: Props) {
  const [all, setAll] = useState(false)
  const matches = matchesOf(row.id, listing.relations, (id) => listing.byId.get(id)?.kind)
  if (matches.length === 0) return null
  const shown = all ? matches.slice(0, 200) : matches.slice(0, firstShown)
  return (
    <ul className={classes.matches} aria-label="Belongs together here">
      {shown.map((match) => {
        const other = listing.byId.get(match.object)
        if (!other) return null
        return (
          <li key={`${match.word} ${match.object}`} data-verified={match.verified}>
            <IconLink size={15} stroke={1.8} aria-hidden />
            <span>
              {says[match.word]}:{' '}
              <Anchor component="button" type="button" fz="inherit" ta="left" onClick={() => onChoose(other.id)}>
                {titleOf(other) === kindWords[other.kind].plain ? fileName(other.file) : titleOf(other)}
              </Anchor>{' '}
              <span className="dim">
                {fileName(other.file)}, {proof(match)}
              </span>
            </span>
          </li>
        )
      })}
      {matches.length > shown.length && !all && (
        <li>
          <Anchor component="button" type="button" fz="inherit" onClick={() => setAll(true)}>
            Show {matches.length > 200 ? 'the first 200 of' : 'all'} {matches.length.toLocaleString()}
          </Anchor>
        </li>
      )}
    </ul>
  )
}
