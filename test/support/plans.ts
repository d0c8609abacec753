import type { IdentityPlan } from '../../shared/identity.ts'

/** Answers that the provider's rules accept. */
export const truvPlan: IdentityPlan = {
  provider: 'truv',
  environment: 'sandbox',
  name: 'Acme sandbox',
  answers: { name: 'acme' },
  subject: {},
  subjectAltNames: [],
  key: 'ec-p256',
}

export const nuapayPlan: IdentityPlan = {
  ...truvPlan,
  provider: 'nuapay',
  name: 'Nuapay test',
  answers: {},
  subject: { CN: 'payments.example.com', O: 'Example Payments Ltd' },
}
