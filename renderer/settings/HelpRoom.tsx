import { Kbd } from '@mantine/core'
import type { ReactNode } from 'react'
import { KeyValue } from '../parts/KeyValue.tsx'
import { RoomHeader } from '../parts/RoomHeader.tsx'
import classes from './HelpRoom.module.css'
import { Section } from './Section.tsx'

const command = /mac/i.test(navigator.userAgent) ? '⌘' : 'Ctrl'

const keys = (...names: string[]): ReactNode => (
  <span className={classes.keys}>
    {names.map((name) => (
      <Kbd key={name} size="xs">
        {name}
      </Kbd>
    ))}
  </span>
)

/** The way through the app, its keys and its words, on one page. */
export default function HelpRoom() {
  return (
    <div>
      <RoomHeader title="Help" says="From a provider’s mutual TLS page to a call that works, and keeps working." />
      <Section title="The way">
        <ol className={classes.way}>
          <li>
            Choose your provider. Countersign asks only what its page asks for, and checks your answers against it.
          </li>
          <li>
            Create the key and the signing request. The key is sealed and never leaves the vault unless you export it.
          </li>
          <li>Send the request as the page of the identity says, or sign it yourself where the provider permits it.</li>
          <li>Drop what comes back anywhere on the identity. The wrong file is told apart and refused.</li>
          <li>Test the connection: success means that an answer was read, not only that a handshake began.</li>
          <li>Export the bundle for your service. Reminders come before the certificate expires.</li>
        </ol>
      </Section>
      <Section title="Keys">
        <KeyValue
          pairs={[
            [keys(command, 'K'), 'Command palette: rooms, identities, everything one can do'],
            [keys(command, 'O'), 'Open files in the inspector'],
            [keys(command, 'V'), 'Inspect what is on the clipboard'],
            [keys('Alt', '←'), 'Back to where you were'],
            [keys('↑', '↓'), 'Through a list'],
            ['Drop', 'Anywhere: inspect. On an identity: attach the certificate to it'],
          ]}
        />
      </Section>
      <Section title="Words">
        <KeyValue
          pairs={[
            ['provider', 'The company whose API or webhooks need mutual TLS.'],
            [
              'identity',
              'One private key with its request, its certificate and its chain, for one environment of a provider.',
            ],
            ['request', 'Signing request (CSR): your names and public key, to be signed. It holds no secret.'],
            ['certificate', 'What comes back: names and public key, signed by an authority (CA).'],
            ['chain', 'The certificates between yours and the authority’s root.'],
            ['bundle', 'Key, certificate and chain in one file (PKCS#12, .p12 or .pfx), under a passphrase.'],
            ['practice provider', 'A stand-in for a provider on this computer: same rules, throw-away authority.'],
            ['vault', 'Where identities rest, sealed by the computer’s keychain or your passphrase.'],
          ]}
        />
      </Section>
    </div>
  )
}
