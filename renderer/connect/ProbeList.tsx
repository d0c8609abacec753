import { Loader } from '@mantine/core'
import { IconCircleDashed } from '@tabler/icons-react'
import type { ProbeRun } from '../../shared/tls/attempt.ts'
import { OutcomeMark } from '../parts/OutcomeMark.tsx'
import classes from './Table.module.css'

/** Further connections that tell causes apart, as they run and as they ended. */
export function ProbeList({ probes }: { probes: readonly ProbeRun[] }) {
  if (probes.length === 0) return null
  return (
    <section aria-label="Further connections" data-probes={probes.length}>
      <h3>Further connections</h3>
      <table className="table">
        <tbody>
          {probes.map(({ probe, tried, state, result }) => (
            <tr key={`${probe} ${tried}`} data-probe={probe}>
              <th scope="row" className="sentence">
                {tried}
              </th>
              <td className="narrow">
                {result ? (
                  <OutcomeMark outcome={result.outcome} />
                ) : (
                  <span className={classes.answer}>
                    {state === 'running' ? (
                      <Loader size={14} aria-hidden />
                    ) : (
                      <IconCircleDashed size={14} aria-hidden />
                    )}
                    {state === 'running' ? 'Connecting …' : 'Waiting'}
                  </span>
                )}
              </td>
              <td>{result?.saw}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
