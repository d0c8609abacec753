import type { Profile } from '../../shared/providers/profile.ts'
import { desk } from '../desk.ts'

/** How the source of a rule is opened: by its key, so that the page names no address. */
export const openerOf = (profile: Profile, source: { key: string; title: string } | undefined) =>
  source && {
    title: source.title,
    open: () => void desk.openPage({ topic: 'provider-source', provider: profile.id, source: source.key }),
  }
