import { Anchor } from '@mantine/core'
import { IconLink } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import type { InspectedObject, Inspection } from '../../shared/pki/facts.ts'
import classes from './ObjectPane.module.css'
import { type Match, matchesOf } from './object-tree.ts'
import { fileName, kindWords, titleOf } from './object-words.ts'

type Props = { object: InspectedObject; inspection: Inspection; onChoose: (id: string) => void }

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
export function MatchList({ object, inspection, onChoose }: Props) {
  const [all, setAll] = useState(false)
  const byId = useMemo(() => new Map(inspection.objects.map((one) => [one.id, one])), [inspection])
  const matches = matchesOf(object.id, inspection, (id) => byId.get(id)?.kind)
  if (matches.length === 0) return null
  const shown = all ? matches : matches.slice(0, firstShown)
  return (
    <ul className={classes.matches} aria-label="Belongs together here">
      {shown.map((match) => {
        const other = byId.get(match.object)
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
      {matches.length > shown.length && (
        <li>
          <Anchor component="button" type="button" fz="inherit" onClick={() => setAll(true)}>
            Show all {matches.length.toLocaleString()}
          </Anchor>
        </li>
      )}
    </ul>
  )
}
