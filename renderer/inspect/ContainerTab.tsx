import type { OpenedObject } from '../../shared/pki/inspect-calls.ts'
import { OpensTable } from '../parts/OpensTable.tsx'
import { visibleStart } from '../parts/visible-text.ts'
import classes from './ObjectPane.module.css'
import { Section } from './Section.tsx'

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
          <OpensTable rows={whoOpens} label="Who can open this" />
        </Section>
      )}
    </div>
  )
}
