import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { Output } from '../../shared/contract.ts'
import { desk } from '../desk.ts'
import { KeyValue } from '../parts/KeyValue.tsx'
import classes from './Section.module.css'
import { Section } from './Section.tsx'

/** Versions, and whose work is inside. */
export function AboutSection() {
  const [about, setAbout] = useState<Output<'about'> | null>(null)
  const [open, setOpen] = useState(false)
  useEffect(() => {
    void desk.about({}).then((answer) => answer.ok && setAbout(answer.value))
  }, [])
  if (!about) return null
  return (
    <Section title="About">
      <KeyValue
        pairs={[
          ['Countersign', about.version],
          ['Electron', about.electron],
          ['Chromium', about.chromium],
          ['Node', about.node],
          ['System', about.platform],
        ]}
      />
      <Button variant="default" onClick={() => setOpen(!open)} aria-expanded={open}>
        {open ? 'Hide licences' : `Licences of ${about.licences.length} packages`}
      </Button>
      {open && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        <section className={`table-box ${classes.licences}`} tabIndex={0} aria-label="Licences">
          <table className="table">
            <tbody>
              {about.licences.map((one) => (
                <tr key={`${one.name} ${one.version}`}>
                  <th scope="row">{one.name}</th>
                  <td className="dim">{one.version}</td>
                  <td className="end">{one.licence}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Section>
  )
}
