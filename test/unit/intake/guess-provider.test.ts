import { expect, it } from 'vitest'
import { guessProvider } from '../../../shared/intake/guess-provider.ts'
import { builtInProfiles } from '../../../shared/providers/registry.ts'

it.each([
  ['api-mtls.acme.truv.com', { provider: 'truv', environment: 'sandbox', answers: { name: 'acme' } }],
  ['api.acme.payrails.io', { provider: 'payrails', environment: 'live', answers: { company: 'acme' } }],
  ['acme-api.staging.payrails.io', { provider: 'payrails', environment: 'staging', answers: { company: 'acme' } }],
  ['api-mtls.a.b.truv.com', null],
  ['evil-api-mtls.acme.truv.com', null],
  ['payments.example.com', null],
  ['', null],
  ['x'.repeat(5000), null],
])('the common name %s is guessed as it was made', (commonName, guess) => {
  expect(guessProvider(builtInProfiles, commonName)).toEqual(guess)
})
