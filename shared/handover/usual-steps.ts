import type { HandoverStep } from '../providers/handing-over.ts'
import type { Profile } from '../providers/profile.ts'

type Step = Pick<HandoverStep, 'id' | 'title'> & Partial<HandoverStep>

const whole = (step: Step): HandoverStep => ({ direction: 'you-call', seen: [], gives: [], ...step })

/**
 * The checklist of a profile: its own steps, or where it brings none the usual ones, made from what its other parts say.
 * Of these only the ones that apply in the environment.
 */
export function stepsOf(profile: Profile, environment: string): HandoverStep[] {
  const own = profile.handover?.steps ?? []
  const steps = own.length > 0 ? own : usualSteps(profile, environment)
  return steps.filter(({ environments }) => environments === undefined || environments.includes(environment))
}

function usualSteps(profile: Profile, environment: string): HandoverStep[] {
  const { signing, submit, firstCall } = profile
  const allowList = profile.environments.find(({ id }) => id === environment)?.allowList ?? []
  const how = submit.steps.join('\n')
  const source = submit.source
  const steps: Step[] =
    signing.by === 'self'
      ? [
          { id: 'sign', title: 'Sign the certificate yourself', seen: ['certificate'], room: 'request' },
          {
            id: 'hand-in',
            title: 'Hand in the certificate at {providerName}',
            says: how,
            gives: ['certificate'],
            seen: ['sent', 'accepted'],
            message: certificateMessage,
            source,
          },
        ]
      : [
          {
            id: 'send',
            title: 'Send the request to {providerName}',
            says: how,
            gives: ['request'],
            seen: ['sent', 'certificate'],
            ...(signing.by === 'provider' && { message: requestMessage }),
            source,
          },
          {
            id: 'bring-home',
            title: 'Bring the certificate home',
            says: returnsOf(profile),
            seen: ['certificate'],
            room: 'certificate',
            source: signing.source,
          },
        ]
  if (allowList.length > 0) steps.push(firewall)
  if (firstCall)
    steps.push({
      id: 'test',
      title: 'Make the first call',
      says: firstCall.says,
      seen: ['accepted'],
      room: 'test',
      source: firstCall.source,
    })
  steps.push(exportStep, ...usualWebhookSteps(profile))
  return steps.map(whole)
}

const firewall: Step = {
  id: 'firewall',
  title: 'Let the addresses through your firewall',
  gives: ['firewall'],
}

const exportStep: Step = {
  id: 'export',
  title: 'Hand key and certificate to your service',
  says: 'In the form that it loads; the passphrase goes another way than the files.',
  seen: ['exported'],
  room: 'export',
}

const requestMessage = {
  to: '{providerName}',
  subject: 'Signing request for mutual TLS, {environmentName}: {commonName}',
  body: `Hello,

below is our signing request (CSR) for mutual TLS in {environmentName}.

Subject: {subject}
Key: {keyKind}
SHA-256 of the public key: {requestKey}

Return the certificate with the certificates of its issuers, as PEM. The private key stays with us.

{requestPem}
Kind regards
[name, company]
`,
}

const certificateMessage = {
  to: '{providerName}',
  subject: 'Certificate for mutual TLS, {environmentName}: {commonName}',
  body: `Hello,

below is the certificate that our calls in {environmentName} present (mutual TLS).

Subject: {subject}
Valid until: {validUntil}
SHA-256 fingerprint: {fingerprint}

Tell us when it is active. The private key stays with us.

{certificatePem}
Kind regards
[name, company]
`,
}

function returnsOf({ signing }: Profile): string | undefined {
  const files = signing.returns.map(({ file, meaning }) => `${file}: ${meaning}`)
  return files.length > 0 ? files.join('\n') : undefined
}

/** For each way in which the provider calls: whose certificate it brings; then the server, once for all. */
function usualWebhookSteps({ callsYou, webhooks }: Profile): Step[] {
  const direction = 'calls-you' as const
  const each = callsYou.flatMap((call): Step[] => {
    const own = { direction, call: call.id, source: call.source }
    if (call.youSign)
      return [
        {
          ...own,
          id: `${call.id}-sign`.slice(0, 40),
          title: `Sign ${call.youSign.request ?? 'the request that {providerName} sends'}`,
          says: call.says,
          seen: ['signed'],
          room: 'sign',
        },
        {
          ...own,
          id: `${call.id}-return`.slice(0, 40),
          title: `Hand back ${call.youSign.certificate} and ${call.youSign.authority}`,
          message: handBackMessage(call.youSign),
        },
      ]
    if (call.presents === undefined) return []
    return [
      {
        ...own,
        id: `${call.id}-trust`.slice(0, 40),
        title: 'Learn which certificate {providerName} presents',
        says: call.says,
        message: askMessage,
      },
    ]
  })
  if (each.length === 0) return []
  const signed = webhooks?.signature
  return [
    ...each,
    {
      id: 'server',
      direction,
      title: 'Set your server up to demand its certificate',
      room: 'server',
    },
    ...(signed
      ? [
          {
            id: 'signature',
            direction,
            title: `Check ${signed.header} of every webhook`,
            says: `HMAC-SHA256 of the raw body in hex, keyed with: ${signed.secret}.`,
            room: 'listen' as const,
            source: signed.source,
          },
        ]
      : []),
    {
      id: 'door',
      direction,
      title: 'Check that nobody else comes in',
      says: 'The door check calls your address with no certificate, with strange ones and with the right one.',
      room: 'door',
    },
    { id: 'arrived', direction, title: 'Wait for the first webhook', seen: ['webhook'], room: 'listen' },
  ]
}

const askMessage = {
  to: '{providerName}',
  subject: 'Webhooks with mutual TLS, {environmentName}',
  body: `Hello,

our server is to accept your webhooks in {environmentName} by their client certificate. Tell us:

1. Which certificate do they present: subject, issuer, and until when is it valid?
2. Which authority (CA) shall our server trust for it? Send its certificate as PEM.
3. From which addresses do they come?
4. How far ahead do you announce that the certificate changes?

Our webhook address: [https://…]

Kind regards
[name, company]
`,
}

const handBackMessage = ({ certificate, authority }: { certificate: string; authority: string }) => ({
  to: '{providerName}',
  subject: 'Signed certificate for your calls to us, {environmentName}',
  body: `Hello,

attached are the files for your calls to us in {environmentName}:

- ${certificate}: the certificate for your request
- ${authority}: our authority (CA)

Our webhook address: [https://…]
Tell us when you present it, so that we can watch the first call.

Kind regards
[name, company]
`,
})
