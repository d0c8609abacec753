import { Anchor } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import type { Profile } from '../../shared/providers/profile.ts'
import { desk } from '../desk.ts'
import classes from './SourceLink.module.css'

/** The provider’s page that a rule is from, by its name; nothing where the rule names none. */
export function SourceLink({ profile, source }: { profile: Profile; source: string | undefined }) {
  const found = source === undefined ? undefined : profile.sources[source]
  if (source === undefined || !found) return null
  return (
    <Anchor
      component="button"
      type="button"
      fz={12}
      className={classes.source}
      onClick={() => void desk.openPage({ topic: 'provider-source', provider: profile.id, source })}
    >
      {found.title}
      <IconExternalLink size={13} stroke={1.6} role="img" aria-label="opens in the browser" />
    </Anchor>
  )
}
