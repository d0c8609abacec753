import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import type { OpenedObject, WhoOpens } from '../../shared/pki/inspect-calls.ts'
import { visibleStart } from '../parts/visible-text.ts'
import classes from './ObjectPane.module.css'
import { Section } from './Section.tsx'

const look = {
  yes: { icon: IconCircleCheck, word: 'Yes' },
  partly: { icon: IconAlertTriangle, word: 'Partly' },
  no: { icon: IconCircleX, word: 'No' },
} as const

function Opens({ opens }: Pick<WhoOpens, 'opens'>) {
  const { icon: Glyph, word } = look[opens]
  return (
    <span className={classes.opens} data-opens={opens}>
      <Glyph size={15} stroke={1.8} aria-hidden />
      {word}
    </span>
  )
}

/** How a container is built, outermost first, and which programs open it. */
export function ContainerTab({ opened: { container, whoOpens } }: { opened: OpenedObject }) {
  return (
    <div className={classes.sections}>
      {container.length > 0 && (
        <Section title="What is in it, outermost first" wide>
          <ul className={classes.shells}>
            {container.map(({ depth, name, says }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two shells of a container may read the same
              <li key={at} style={{ paddingLeft: depth * 20 }}>
                <span className={classes.shell}>{visibleStart(name, 200)}</span>{' '}
                <span className="dim">{visibleStart(says, 500)}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {whoOpens.length > 0 && (
        <Section title="Who can open this" wide>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">Program</th>
                <th scope="col">Opens it</th>
                <th scope="col">Why</th>
              </tr>
            </thead>
            <tbody>
              {whoOpens.map(({ who, opens, why }) => (
                <tr key={who}>
                  <th scope="row">{who}</th>
                  <td>
                    <Opens opens={opens} />
                  </td>
                  <td>{why}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Section>
      )}
    </div>
  )
}
