import { measured } from '../measured.ts'
import type { WhoOpens } from '../pki/inspect-calls.ts'
import type { ReceiverId } from './receiver-ids.ts'

const told = (who: string, why: string): WhoOpens => ({ who, opens: 'yes', why, measured: null })

/** What is known of the receiver’s own program, where it is no general one. `measured: null`: from its documentation. */
export const ownPrograms: Partial<Record<ReceiverId, readonly WhoOpens[]>> = {
  postman: [
    {
      who: 'Postman’s newman',
      opens: 'yes',
      why: 'It made calls with these files, the key encrypted and open.',
      measured: measured.newman,
    },
  ],
  insomnia: [told('Insomnia', 'It takes a certificate and a key as PEM.')],
  bruno: [
    {
      who: 'Bruno’s bru',
      opens: 'yes',
      why: 'It made calls with these files, the key encrypted and open.',
      measured: measured.bru,
    },
  ],
  hoppscotch: [told('Hoppscotch', 'Agent and desktop app take a certificate and a key as PEM.')],
  kubernetes: [told('kubectl, cert-manager', 'A secret of the type kubernetes.io/tls with tls.crt and tls.key.')],
  compose: [told('Docker, Compose', 'Secrets are files to it: what is in them is for the program that reads them.')],
  systemd: [told('systemd 247 and newer', 'Credentials are files to it: what is in them is for the service.')],
  'aws-acm': [told('AWS Certificate Manager', 'It takes PEM, and no key with a passphrase.')],
  'aws-secrets': [told('AWS Secrets Manager', 'It keeps any text: what is in it is for the program that asks for it.')],
  azure: [told('Azure Key Vault', 'It imports a PFX with its password.')],
  gcp: [told('Google Secret Manager', 'It keeps any file: what is in it is for the program that asks for it.')],
  nuapay: [told('Nuapay, POST /certificates', 'The certificate as PEM within JSON, as its documentation shows it.')],
}
