import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import {
  blanksFor,
  filledStep,
  type HandedIdentity,
  messageText,
  preparedCall,
} from '../../../shared/handover/hand-texts.ts'
import { stepsOf } from '../../../shared/handover/usual-steps.ts'
import { handoverBlanks } from '../../../shared/providers/handing-over.ts'
import { builtInProfiles } from '../../../shared/providers/registry.ts'
import { blanksIn } from '../../../shared/providers/template.ts'
import { profileNamed } from '../providers/plans.ts'

const certificatePem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'
const answers = { name: 'acme', company: 'acme', host: 'api.apata.io' }
const identity = (environment: string): HandedIdentity => ({
  plan: { environment, name: 'Acme', answers },
  requestPem: '-----BEGIN CERTIFICATE REQUEST-----\nMIIC\n-----END CERTIFICATE REQUEST-----\n',
  requestFacts: { spkiSha256: 'abcdef01', subject: 'CN=acme', subjectParts: [{ type: 'CN', value: 'acme' }] },
  certificatePem,
  certificateFacts: {
    subject: 'CN=acme,O=Acme',
    subjectParts: [{ type: 'CN', value: 'acme' }],
    notAfter: '2027-03-01T00:00:00Z',
    sha256: '0123456789abcdef',
    serialHex: '0A',
    keyAlgorithm: 'EC',
    curve: 'prime256v1',
  },
})
const everywhere = builtInProfiles.flatMap((profile) =>
  profile.environments.map(({ id }) => ({ name: `${profile.id} ${id}`, profile, environment: id })),
)

describe('the texts of a hand-over', () => {
  it.each(everywhere)('of $name leave no blank open, whatever is known', ({ profile, environment }) => {
    for (const known of [identity(environment), { plan: { environment, name: 'Acme', answers: {} } }]) {
      const values = blanksFor(profile, known)
      expect(Object.keys(values)).toEqual(expect.arrayContaining([...handoverBlanks]))
      for (const step of stepsOf(profile, environment)) {
        const { title, says = '', message } = filledStep(step, values)
        const text = `${title}\n${says}\n${message ? messageText(message) : ''}`
        expect(
          blanksIn(text).filter((name) => Object.hasOwn(values, name)),
          step.id,
        ).toEqual([])
        expect(text).not.toMatch(/PRIVATE KEY|undefined/)
      }
    }
  })

  it('say what is not known yet in brackets, for the writer to complete', () => {
    const values = blanksFor(profileNamed('truv'), { plan: { environment: 'sandbox', name: 'Acme', answers: {} } })
    expect(values.fingerprint).toBe('[SHA-256 of the certificate]')
    expect(values.providerName).toBe('Truv')
  })

  it('call a provider that has no name “the provider”', () => {
    expect(blanksFor(profileNamed('other'), identity('test')).providerName).toBe('the provider')
  })

  it('for Truv carry the request, its key and the ask to switch mutual TLS on', () => {
    const profile = profileNamed('truv')
    const [send] = stepsOf(profile, 'production')
    const { message } = filledStep(send!, blanksFor(profile, identity('production')))
    expect(message?.body).toContain('BEGIN CERTIFICATE REQUEST')
    expect(message?.body).toContain('abcd ef01')
    expect(message?.body).toContain('api-mtls.truv.com')
    expect(message?.body).toMatch(/Switch mutual TLS on/)
  })
})

describe('the request that is prepared for Nuapay', () => {
  const profile = profileNamed('nuapay')
  const upload = stepsOf(profile, 'sandbox').find(({ id }) => id === 'upload')!
  const call = preparedCall(upload, profile, identity('sandbox'))!

  it('is POST /certificates with mtlsCert alone, as its page asks', () => {
    expect(call.method).toBe('POST')
    expect(call.url).toBe('https://sandbox.nuapay.com/tpp/certificates')
    expect(JSON.parse(call.body!)).toEqual({ mtlsCert: certificatePem })
  })

  it('takes the API key from the environment, on standard input of curl', () => {
    expect(call.variables).toEqual([{ name: 'NUAPAY_API_KEY', label: 'API key of Nuapay' }])
    expect(call.curl).toMatch(/^printf 'user = "%s:"\\n' "\$NUAPAY_API_KEY" \|\ncurl --config - /)
    expect(call.curl).not.toMatch(/--user|--cert/)
  })

  it('is a line that a shell takes apart as it was meant', () => {
    const shown = call.curl.replace('curl --config -', `sh -c 'cat; printf "<%s>" "$@"' curl`)
    const said = execFileSync('sh', ['-c', shown], { encoding: 'utf8', env: { ...process.env, NUAPAY_API_KEY: 'k"1' } })
    expect(said).toContain('user = "k"1:"')
    expect(said).toContain(`<${call.body}>`)
    expect(said).toContain('<https://sandbox.nuapay.com/tpp/certificates>')
  })

  it('is not there before the certificate is', () => {
    expect(preparedCall(upload, profile, { plan: { environment: 'sandbox', name: 'A', answers: {} } })).toBeNull()
  })
})
