import { javaRule, type PassphraseRule, plainRule, windowsRule } from './passphrases.ts'
import type { ReceiverId } from './receiver-ids.ts'

/**
 * One file of a hand-over. `certificate`: PEM, the certificate and its issuers less the root. `key`: PEM, protected by the
 * passphrase where there is one. `bundle`, `keystore`: key, certificate and chain. `trust…`: the provider's own
 * authorities; left out where none are kept. The others are texts that a program reads.
 */
export type HandoverFile =
  | { form: 'certificate' | 'key' | 'chain' | 'leaf' | 'server-ca' }
  | { form: 'bundle'; readers: 'modern' | 'older' | 'fips'; extension: 'p12' | 'pfx' }
  | { form: 'keystore' }
  | { form: 'trust-bundle' }
  | { form: 'trust-keystore' }
  | { form: 'kubernetes' | 'compose' | 'systemd' | 'secret-json' | 'nuapay' }

export type Receiver = {
  id: ReceiverId
  name: string
  group: 'Programs' | 'API clients' | 'Where services run' | 'People and providers'
  /** What it takes, in a sentence. */
  says: string
  files: readonly HandoverFile[]
  /**
   * `required`: there is none without. `optional`: the key may lie in the clear when that is asked for. `none`: the form
   * has no place for one, so a key in it lies in the clear.
   */
  passphrase: 'required' | 'optional' | 'none'
  rule: PassphraseRule
  /** No private key goes there. */
  public?: true
  /** What the receiver does with the files. `{stem}` is the name they share. */
  steps: readonly string[]
}

const pem: readonly HandoverFile[] = [{ form: 'certificate' }, { form: 'key' }, { form: 'server-ca' }]
const modern: HandoverFile = { form: 'bundle', readers: 'modern', extension: 'p12' }

/** Who will load it, and what each of them takes. */
export const receivers: readonly Receiver[] = [
  {
    id: 'openssl',
    name: 'OpenSSL 3, curl, nginx, Node, Python',
    group: 'Programs',
    says: 'PEM files: the certificate with its issuers in one, the key in another.',
    files: pem,
    passphrase: 'optional',
    rule: plainRule,
    steps: [
      'nginx and other servers read the passphrase from a file (ssl_password_file), curl from --pass or its configuration.',
    ],
  },
  {
    id: 'java',
    name: 'Java 8u301, 11, 17, 21 and newer',
    group: 'Programs',
    says: 'A bundle (PKCS#12) with AES, and a truststore with the provider’s authorities.',
    files: [modern, { form: 'trust-bundle' }],
    passphrase: 'required',
    rule: javaRule,
    steps: [
      '-Djavax.net.ssl.keyStore={stem}.p12 -Djavax.net.ssl.keyStoreType=PKCS12',
      '-Djavax.net.ssl.trustStore={stem}.truststore.p12 replaces Java’s own authorities.',
      'Keep passwords out of the command line: every user of the computer can read it.',
    ],
  },
  {
    id: 'java-old',
    name: 'Java before 8u301, appliances',
    group: 'Programs',
    says: 'Java keystores (JKS). Their protection is weak: choose a long passphrase, and only what cannot read PKCS#12.',
    files: [{ form: 'keystore' }, { form: 'trust-keystore' }],
    passphrase: 'required',
    rule: javaRule,
    steps: ['keytool -list -keystore {stem}.jks shows what is in it.'],
  },
  {
    id: 'windows',
    name: 'Windows, .NET, IIS',
    group: 'Programs',
    says: 'A PFX with the chain and a friendly name, AES. Windows 10 1709, Server 2019 and newer open it.',
    files: [{ form: 'bundle', readers: 'modern', extension: 'pfx' }, { form: 'server-ca' }],
    passphrase: 'required',
    rule: windowsRule,
    steps: [
      'Import-PfxCertificate -FilePath {stem}.pfx -CertStoreLocation Cert:\\LocalMachine\\My',
      'Give the service’s account the right to read the private key (Manage private keys).',
    ],
  },
  {
    id: 'older',
    name: 'macOS Keychain, older Android and Windows',
    group: 'Programs',
    says: 'A bundle with triple DES and SHA-1, which is all that these import. Weak by today’s measure: remove it once it is imported.',
    files: [{ form: 'bundle', readers: 'older', extension: 'p12' }, { form: 'server-ca' }],
    passphrase: 'required',
    rule: windowsRule,
    steps: ['macOS: open the file, choose the keychain, then allow the program under Access control.'],
  },
  {
    id: 'fips',
    name: 'Programs in FIPS mode',
    group: 'Programs',
    says: 'A bundle with approved algorithms only, its MAC too (PBMAC1, RFC 9579). OpenSSL 3.4 and newer open it.',
    files: [{ form: 'bundle', readers: 'fips', extension: 'p12' }, { form: 'server-ca' }],
    passphrase: 'required',
    rule: { ...plainRule, least: 14, says: 'ASCII, 14 to 128: FIPS 140 asks for 112 bits of a passphrase.' },
    steps: ['openssl pkcs12 -in {stem}.p12 -info'],
  },
  {
    id: 'postman',
    name: 'Postman',
    group: 'API clients',
    says: 'PEM files; Postman keeps the passphrase itself.',
    files: pem,
    passphrase: 'optional',
    rule: plainRule,
    steps: [
      'Settings, Certificates, Add certificate: the provider’s host; CRT file {stem}.crt, KEY file {stem}.key.',
      'Settings, Certificates, CA certificates: {stem}.server-ca.pem, where the provider has its own.',
    ],
  },
  {
    id: 'insomnia',
    name: 'Insomnia',
    group: 'API clients',
    says: 'PEM files, chosen for the collection.',
    files: pem,
    passphrase: 'optional',
    rule: plainRule,
    steps: [
      'In the collection: Manage certificates, Add client certificate, the provider’s host, {stem}.crt and {stem}.key.',
    ],
  },
  {
    id: 'bruno',
    name: 'Bruno',
    group: 'API clients',
    says: 'PEM files, named in the collection’s settings.',
    files: pem,
    passphrase: 'optional',
    rule: plainRule,
    steps: ['Collection settings, Client certificates: the provider’s host, {stem}.crt and {stem}.key.'],
  },
  {
    id: 'hoppscotch',
    name: 'Hoppscotch',
    group: 'API clients',
    says: 'PEM files for the desktop app or the agent.',
    files: pem,
    passphrase: 'optional',
    rule: plainRule,
    steps: [
      'Settings, Interceptor, Agent or Native, Client certificates: the provider’s host, {stem}.crt and {stem}.key.',
    ],
  },
  {
    id: 'kubernetes',
    name: 'Kubernetes secret, cert-manager',
    group: 'Where services run',
    says: 'A secret of the type kubernetes.io/tls. It has no place for a passphrase: the key lies in it in the clear.',
    files: [{ form: 'kubernetes' }],
    passphrase: 'none',
    rule: plainRule,
    steps: [
      'kubectl apply -f {stem}.secret.yaml, then remove the file.',
      'Never commit it: base64 hides nothing. Seal it first (SOPS, Sealed Secrets) where it has to be in a repository.',
    ],
  },
  {
    id: 'compose',
    name: 'Docker, Compose secrets',
    group: 'Where services run',
    says: 'PEM files and the lines that hand them to a service as secrets under /run/secrets.',
    files: [...pem, { form: 'compose' }],
    passphrase: 'optional',
    rule: plainRule,
    steps: ['Copy the secrets of {stem}.compose.yaml into your compose.yaml.'],
  },
  {
    id: 'systemd',
    name: 'systemd credentials',
    group: 'Where services run',
    says: 'PEM files and a drop-in for the unit: the service alone sees them, under $CREDENTIALS_DIRECTORY.',
    files: [...pem, { form: 'systemd' }],
    passphrase: 'optional',
    rule: plainRule,
    steps: [
      'Put the files into /etc/credstore, owned by root, and {stem}.conf into /etc/systemd/system/UNIT.service.d/.',
      'systemd-creds encrypt --name={stem}.key {stem}.key /etc/credstore.encrypted/{stem}.key ties the key to this machine.',
    ],
  },
  {
    id: 'aws-acm',
    name: 'AWS, Certificate Manager and API Gateway',
    group: 'Where services run',
    says: 'Three PEM files. The import takes no passphrase: the key lies in the clear until it is done.',
    files: [{ form: 'leaf' }, { form: 'key' }, { form: 'chain' }],
    passphrase: 'none',
    rule: plainRule,
    steps: [
      'aws acm import-certificate --certificate fileb://{stem}.leaf.pem --private-key fileb://{stem}.key --certificate-chain fileb://{stem}.chain.pem',
      'Remove {stem}.key afterwards.',
    ],
  },
  {
    id: 'aws-secrets',
    name: 'AWS, Secrets Manager',
    group: 'Where services run',
    says: 'One JSON with certificate, chain and key; the key protected where there is a passphrase, which goes into a secret of its own.',
    files: [{ form: 'secret-json' }],
    passphrase: 'optional',
    rule: plainRule,
    steps: [
      'aws secretsmanager create-secret --name {stem} --secret-string file://{stem}.secret.json, then remove the file.',
    ],
  },
  {
    id: 'azure',
    name: 'Azure, Key Vault',
    group: 'Where services run',
    says: 'A PFX with AES.',
    files: [{ form: 'bundle', readers: 'modern', extension: 'pfx' }],
    passphrase: 'required',
    rule: plainRule,
    steps: [
      'az keyvault certificate import --vault-name VAULT --name {stem} --file {stem}.pfx --password "$MTLS_PASSPHRASE"',
    ],
  },
  {
    id: 'gcp',
    name: 'Google Cloud, Secret Manager',
    group: 'Where services run',
    says: 'PEM files, each a secret of its own.',
    files: pem,
    passphrase: 'optional',
    rule: plainRule,
    steps: [
      'gcloud secrets create {stem}-certificate --data-file={stem}.crt',
      'gcloud secrets create {stem}-key --data-file={stem}.key',
    ],
  },
  {
    id: 'nuapay',
    name: 'Nuapay, POST /certificates',
    group: 'People and providers',
    says: 'The body of the call that puts your certificate on file: the certificate alone, no key and no request beside it.',
    files: [{ form: 'nuapay' }],
    passphrase: 'none',
    rule: plainRule,
    public: true,
    steps: [
      'Send {stem}.nuapay.json as the body of POST /certificates with your API key; two certificates may be active at a time.',
    ],
  },
  {
    id: 'colleague',
    name: 'A colleague',
    group: 'People and providers',
    says: 'A bundle that only its passphrase opens.',
    files: [modern],
    passphrase: 'required',
    rule: plainRule,
    steps: [
      'Send the file one way and the passphrase another: by telephone, or by a message that disappears.',
      'Better still: each of you has an identity of your own, where the provider allows two.',
    ],
  },
]

/** Does a private key lie in the clear in what is written? */
export const isInTheClear = ({ passphrase, public: isPublic }: Receiver, chosen: string | null): boolean =>
  isPublic !== true && (passphrase === 'none' || (passphrase === 'optional' && chosen === null))
