import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import {
  type FirewallFormat,
  firewallFormats,
  firewallLines,
  firewallNames,
  firewallNotes,
} from '../../../shared/handover/firewall.ts'
import { CodeBlock } from '../CodeBlock.tsx'
import { CopyButton } from '../CopyText.tsx'
import classes from './FirewallLines.module.css'

type Props = { provider: string; addresses: readonly string[]; port: number; open?: boolean }

/** The addresses that the provider publishes, as one's own firewall wants them. */
export function FirewallLines({ provider, addresses, port, open }: Props) {
  const [format, setFormat] = useState<FirewallFormat>('list')
  const text = firewallLines(format, { provider, addresses, port })
  return (
    <details className={classes.lines} open={open}>
      <summary>Addresses for your firewall</summary>
      <SegmentedControl
        aria-label="Form"
        size="xs"
        value={format}
        onChange={(value) => setFormat(value as FirewallFormat)}
        data={firewallFormats.map((value) => ({ value, label: firewallNames[value] }))}
      />
      <CodeBlock label="Addresses" className={classes.text}>
        {text}
      </CodeBlock>
      <p className="quiet">{firewallNotes[format]}</p>
      <CopyButton text={text} what="addresses" />
    </details>
  )
}
