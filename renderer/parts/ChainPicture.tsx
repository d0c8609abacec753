import { UnstyledButton } from '@mantine/core'
import { IconCertificate, IconLinkOff, IconShieldCheck, IconShieldQuestion, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { daysLeft } from '../../shared/expiry/lifeline.ts'
import classes from './ChainPicture.module.css'
import { type ChainCertificate, type ChainItem, chainItems, chainSays } from './chain-links.ts'
import { daysText, dayText } from './dates.ts'
import { visibleStart } from './visible-text.ts'

const longestName = 160

const roleWords = { leaf: 'Leaf', intermediate: 'Intermediate CA', root: 'Root CA' }

type Props = {
  /** Leaf first. Facts and links of an attempt both fit. */
  chain: readonly ChainCertificate[]
  today: Date
  /** `small` is one line of names; `large` adds role, expiry and where to get what is missing. */
  size?: 'small' | 'large'
  /** Somebody vouched for the chain's end (`true`), or refused it (`false`). */
  trusted?: boolean
  /** Where a missing certificate comes from, in words: `Ask Truv for it.` */
  missingNext?: string
  /** What the leaf is called here: `Your certificate`, `Server`. */
  leafWord?: string
  onOpen?: (certificate: ChainCertificate) => void
  /** More for one certificate, such as a copy button. */
  aside?: (certificate: ChainCertificate) => ReactNode
}

/** A chain from leaf to root as links; what is missing is a gap with a name in it. */
export function ChainPicture({ chain, today, size = 'large', trusted, ...rest }: Props) {
  const items = chainItems(chain, trusted).map((item) => ({ ...item, name: visibleStart(item.name, longestName) }))
  if (size === 'small') {
    return (
      <div className={classes.small} role="img" aria-label={`Chain: ${chainSays(items)}`} title={chainSays(items)}>
        {items.map((item, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a chain's place is its name: the same certificate may stand twice
          <span key={at} className={classes.bead} data-at={item.at}>
            {item.name}
          </span>
        ))}
      </div>
    )
  }
  return (
    <ol className={classes.large} aria-label="Chain, from leaf to root">
      {items.map((item, at) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          key={at}
          className={classes.link}
          data-at={item.at}
          data-broken={(item.at === 'certificate' && item.certificate.problem !== undefined) || undefined}
        >
          <Link item={item} today={today} {...rest} />
        </li>
      ))}
    </ol>
  )
}

function Until({ ends, today }: { ends: number; today: Date }) {
  if (Number.isNaN(ends)) return 'end not readable'
  const end = new Date(ends)
  if (ends < today.getTime()) return <strong className={classes.over}>expired on {dayText(end)}</strong>
  return `until ${dayText(end)} · ${daysText(daysLeft(end.toISOString(), today))} left`
}

type LinkProps = Omit<Props, 'chain' | 'size' | 'trusted'> & { item: ChainItem }

function Link({ item, today, missingNext, leafWord, onOpen, aside }: LinkProps) {
  if (item.at === 'gap') {
    return (
      <>
        <span className={classes.mark} aria-hidden>
          <IconLinkOff size={14} />
        </span>
        <div className={classes.words}>
          <span className={classes.name}>
            Missing: <bdi>{item.name}</bdi>
          </span>
          <span className={classes.more}>
            It issued “{item.below}”. {missingNext ?? 'Ask whoever sent the certificate for it.'}
          </span>
        </div>
      </>
    )
  }
  if (item.at === 'anchor') {
    const Icon = item.known ? IconShieldCheck : IconShieldQuestion
    return (
      <>
        <span className={classes.mark} aria-hidden>
          <Icon size={14} />
        </span>
        <div className={classes.words}>
          <span className={classes.name}>
            <bdi>{item.name}</bdi>
          </span>
          <span className={classes.more}>
            {item.known
              ? 'Trusted on this side, so it need not be sent'
              : 'Not included here, which is usual for a root'}
          </span>
        </div>
      </>
    )
  }
  const { certificate } = item
  const ends = Date.parse(certificate.notAfter)
  // Where it breaks, its own words say why: mostly that it has expired.
  const saysEnd = certificate.problem === undefined || ends >= today.getTime()
  const words = (
    <>
      <span className={classes.name}>
        <bdi>{item.name}</bdi>
      </span>
      <span className={classes.more}>
        {item.role === 'leaf' ? (leafWord ?? roleWords.leaf) : roleWords[item.role]}
        {saysEnd && (
          <>
            {' · '}
            <Until ends={ends} today={today} />
          </>
        )}
      </span>
      {certificate.problem && <span className={classes.problem}>{certificate.problem}</span>}
    </>
  )
  return (
    <>
      <span className={classes.mark} aria-hidden>
        {certificate.problem ? <IconX size={14} /> : <IconCertificate size={14} />}
      </span>
      {onOpen ? (
        <UnstyledButton className={classes.words} onClick={() => onOpen(certificate)}>
          <span className="spoken">Open </span>
          {words}
        </UnstyledButton>
      ) : (
        <div className={classes.words}>{words}</div>
      )}
      {aside && <div className={classes.aside}>{aside(certificate)}</div>}
    </>
  )
}
