import { Button } from '@mantine/core'
import { IconArrowForwardUp } from '@tabler/icons-react'
import type { Redirect } from '../../shared/tls/redirect.ts'
import { visibleStart } from '../parts/visible-text.ts'
import { fieldIds } from './call-form.ts'
import { useConnect } from './connect-store.ts'
import { focusOn } from './focus-on.ts'
import classes from './ResultPane.module.css'

const longestAddress = 400

/** The answer points elsewhere. Nobody is sent there unasked: the certificate would be shown to another server. */
export function RedirectNote({ redirect: { to, samePlace } }: { redirect: Redirect }) {
  if (to === null) return <p>It points elsewhere, but its Location header holds no address that can be read.</p>
  const take = () => {
    useConnect.getState().change({ url: to })
    focusOn(fieldIds.address)
  }
  return (
    <div className={classes.redirect} role="note" aria-label="Redirect">
      <IconArrowForwardUp size={16} stroke={1.8} aria-hidden />
      <div>
        <p>
          Points to <span className="mono selectable">{visibleStart(to, longestAddress)}</span>, not followed.
          {!samePlace && ' It is another server than the one that was tested.'}
        </p>
        {to.startsWith('https:') ? (
          <Button variant="default" size="compact-sm" onClick={take}>
            Take this address
          </Button>
        ) : (
          <p className="dim">It is not https: no certificate can be sent there.</p>
        )}
      </div>
    </div>
  )
}
