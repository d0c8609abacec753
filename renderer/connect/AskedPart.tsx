import { UnstyledButton } from '@mantine/core'
import { IconCheck, IconChevronRight, IconPoint, IconX } from '@tabler/icons-react'
import { type ReactNode, useId, useMemo, useState } from 'react'
import { type AskedBeside, askedBeside } from '../../shared/tls/asked-beside.ts'
import type { Attempt } from '../../shared/tls/attempt.ts'
import { shortName } from '../parts/chain-links.ts'
import classes from './AskedPart.module.css'
import { AuthorityNames } from './AuthorityNames.tsx'
import { useConnect } from './connect-store.ts'

type Fit = 'fits' | 'differs' | undefined

/** What the server asked for, line by line beside what the identity has; the whole lists one click deeper. */
export function AskedPart({ attempt, identity }: { attempt: Attempt; identity: string | null }) {
  const detail = useConnect((state) => state.detail)
  const own = identity !== null && detail?.handle === identity ? detail : null
  const asked = useMemo(() => {
    const certificate = own?.certificateFacts
    return askedBeside(attempt, certificate && { certificate, chain: own.chain.map(({ facts }) => facts) })
  }, [attempt, own])
  if (!asked) return null
  const { authorities, schemes } = asked
  return (
    <section className={classes.root} aria-label="What it asked for, beside what you have">
      <Line name="Authorities" {...authorityWords(asked)}>
        {authorities.length > 0 && <AuthorityNames names={authorities} ours={asked.leadsTo ?? null} />}
      </Line>
      {schemes.length > 0 && (
        <Line name="Signatures" {...schemeWords(asked, own?.certificateFacts?.keyAlgorithm)}>
          <ul className={classes.schemes} aria-label="Signature schemes it accepts">
            {schemes.map(({ name, ours }) => (
              <li key={name} data-ours={ours}>
                {ours && <IconCheck size={13} stroke={2.2} role="img" aria-label="Your key can make it:" />}
                <span className="mono">{name}</span>
              </li>
            ))}
          </ul>
        </Line>
      )}
    </section>
  )
}

type LineProps = { name: string; fit: Fit; says: string; children: ReactNode }

function Line({ name, fit, says, children }: LineProps) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const words = (
    <>
      <span className={classes.name}>{name}</span>
      <span className={classes.mark} data-fit={fit}>
        <FitMark fit={fit} />
      </span>
      <span className={classes.says}>{says}</span>
    </>
  )
  if (!children) return <div className={classes.line}>{words}</div>
  return (
    <>
      <UnstyledButton className={classes.line} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        {words}
        <IconChevronRight className={classes.chevron} size={14} aria-hidden />
      </UnstyledButton>
      {open && (
        <div id={id} className={classes.opened}>
          {children}
        </div>
      )}
    </>
  )
}

function FitMark({ fit }: { fit: Fit }) {
  if (fit === 'fits') return <IconCheck size={14} stroke={2.2} role="img" aria-label="Fits:" />
  if (fit === 'differs') return <IconX size={14} stroke={2.2} role="img" aria-label="Does not fit:" />
  return <IconPoint size={14} stroke={2.2} aria-hidden />
}

function authorityWords({ authorities, leadsTo, issuer }: AskedBeside): { fit: Fit; says: string } {
  const count = authorities.length.toLocaleString()
  if (authorities.length === 0) return { fit: undefined, says: 'It names none, so certificates of any may do' }
  const [only = ''] = authorities
  const accepts = authorities.length === 1 ? `It accepts ${shortName(only)} only` : `It accepts ${count}`
  if (leadsTo === undefined) return { fit: undefined, says: accepts }
  if (leadsTo !== null) {
    const says = authorities.length === 1 ? ', the only one it accepts' : `, one of the ${count} it accepts`
    return { fit: 'fits', says: `Your certificate leads to ${shortName(leadsTo)}${says}` }
  }
  const yours = issuer === undefined ? '' : `: yours comes from ${shortName(issuer)}`
  return { fit: 'differs', says: authorities.length === 1 ? `${accepts}${yours}` : `None of the ${count} fits${yours}` }
}

function schemeWords({ schemes }: AskedBeside, keyAlgorithm = ''): { fit: Fit; says: string } {
  const count = schemes.length === 1 ? 'one' : schemes.length
  if (schemes[0]?.ours === undefined)
    return { fit: undefined, says: `It accepts ${count === 'one' ? 'one scheme' : `${count} schemes`}` }
  const ours = schemes.filter((one) => one.ours).length
  if (ours === 0) return { fit: 'differs', says: `Your ${keyAlgorithm} key can make none of the ${count} it accepts` }
  return { fit: 'fits', says: `Your ${keyAlgorithm} key can make ${ours} of the ${count} it accepts` }
}
