import { UnstyledButton } from '@mantine/core'
import { IconCertificate, IconLinkOff, IconShieldCheck, IconShieldQuestion } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { daysLeft } from '../../shared/expiry/lifeline.ts'
import classes from './ChainPicture.module.css'
import { type ChainCertificate, type ChainItem, chainItems, chainSays } from './chain-links.ts'
import { daysText, dayText } from './dates.ts'

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
  const items = chainItems(chain, trusted)
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
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <li key={at} className={classes.link} data-at={item.at}>
          <Link item={item} today={today} {...rest} />
        </li>
      ))}
    </ol>
  )
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
          <span className={classes.name}>Missing: {item.name}</span>
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
          <span className={classes.name}>{item.name}</span>
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
  const left = daysLeft(certificate.notAfter, today)
  const over = Date.parse(certificate.notAfter) < today.getTime()
  const words = (
    <>
      <span className={classes.name}>{item.name}</span>
      <span className={classes.more}>
        {item.role === 'leaf' ? (leafWord ?? roleWords.leaf) : roleWords[item.role]} ·{' '}
        {over ? (
          <strong className={classes.over}>expired on {dayText(certificate.notAfter)}</strong>
        ) : (
          <>
            until {dayText(certificate.notAfter)} · {daysText(left)} left
          </>
        )}
      </span>
    </>
  )
  return (
    <>
      <span className={classes.mark} aria-hidden>
        <IconCertificate size={14} />
      </span>
      {onOpen ? (
        <UnstyledButton className={classes.words} aria-label={`Open ${item.name}`} onClick={() => onOpen(certificate)}>
          {words}
        </UnstyledButton>
      ) : (
        <div className={classes.words}>{words}</div>
      )}
      {aside && <div className={classes.aside}>{aside(certificate)}</div>}
    </>
  )
}
