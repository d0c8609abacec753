import type { CheckedPlan } from '../../../shared/providers/conformance.ts'
import type { Profile } from '../../../shared/providers/profile.ts'
import { builtInProfiles } from '../../../shared/providers/registry.ts'

export const profileNamed = (id: string): Profile => builtInProfiles.find((profile) => profile.id === id)!

/** One plan for every provider that it would take without a word. */
export const goodPlans: { id: string; plan: CheckedPlan }[] = [
  {
    id: 'nuapay',
    plan: {
      environment: 'sandbox',
      answers: {},
      subject: { C: 'IE', O: 'Example Payments Ltd', CN: 'payments.example.com' },
      subjectAltNames: [],
      key: 'rsa-2048',
    },
  },
  {
    id: 'truv',
    plan: { environment: 'sandbox', answers: { name: 'acme' }, subject: {}, subjectAltNames: [], key: 'ec-p256' },
  },
  {
    id: 'payrails',
    plan: {
      environment: 'live',
      answers: { company: 'acme' },
      subject: { C: 'DE', ST: 'Berlin', O: 'Acme GmbH' },
      subjectAltNames: [],
      key: 'rsa-4096',
    },
  },
  {
    id: 'apata',
    plan: {
      environment: 'live',
      answers: {},
      subject: { C: 'IE', O: 'My Company Inc.' },
      subjectAltNames: [],
      key: 'rsa-2048',
    },
  },
  {
    id: 'other',
    plan: {
      environment: 'test',
      answers: {},
      subject: { CN: 'client.example.com', O: 'Zürich AG' },
      subjectAltNames: [
        'DNS:client.example.com',
        'IP:10.0.0.1',
        'email:ops@example.com',
        'URI:spiffe://example.com/pay',
      ],
      key: 'ec-p384',
    },
  },
]

export const goodPlan = (id: string): CheckedPlan => goodPlans.find((one) => one.id === id)!.plan
