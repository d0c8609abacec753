import { Anchor } from '@mantine/core'
import type { IdentitySummary } from '../../shared/identity.ts'
import { go } from '../place.ts'

/** An identity's name, which opens its page. */
export function IdentityLink({ identity: { handle, name } }: { identity: Pick<IdentitySummary, 'handle' | 'name'> }) {
  return (
    <Anchor
      component="button"
      type="button"
      fz="inherit"
      ta="left"
      onClick={() => go({ room: 'identities', identity: handle })}
    >
      {name}
    </Anchor>
  )
}
