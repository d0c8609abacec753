import { IconServerCog } from '@tabler/icons-react'
import { useEffect, useMemo } from 'react'
import { serverConfiguration } from '../../shared/serverconfig/server-configuration.ts'
import { EmptyState } from '../parts/EmptyState.tsx'
import { ConfigurationView } from './ConfigurationView.tsx'
import classes from './PlayPane.module.css'
import { ServerForm } from './ServerForm.tsx'
import { callerOf, useServerConfig } from './server-config-store.ts'
import { problemsIn, wishOf } from './server-form.ts'

/** Settings for a server: what it is made for on the left, the files on the right, written anew with each change. */
export function ServerConfigPane() {
  const form = useServerConfig((state) => state.form)
  const pinned = useServerConfig((state) => state.pinned)
  useEffect(() => void useServerConfig.getState().open(), [])
  const problems = useMemo(() => problemsIn(form, pinned), [form, pinned])
  const made = useMemo(
    () =>
      Object.keys(problems).length === 0
        ? serverConfiguration(form.server, wishOf(form, pinned, callerOf(form)))
        : null,
    [form, pinned, problems],
  )
  return (
    <div className={classes.split}>
      <ServerForm problems={problems} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={classes.result} tabIndex={0} aria-label="Configuration">
        {made ? (
          <ConfigurationView made={made} />
        ) : (
          <EmptyState
            icon={IconServerCog}
            title="Something on the left cannot be written"
            says="Each field that is marked says what it takes. The files appear here as soon as all of them fit."
          />
        )}
      </section>
    </div>
  )
}
