import type { IdentityRecord } from '../../electron/vault/identity-record.ts'
import { newHandle } from '../../electron/vault/records.ts'

/** The stored part of an identity that waits for its certificate. */
export function identityRecord(name: string, handle = newHandle()): IdentityRecord {
  return {
    handle,
    plan: {
      provider: 'other',
      environment: 'live',
      name,
      answers: {},
      subject: { CN: name },
      subjectAltNames: [],
      key: 'ec-p256',
    },
    providerName: 'Other',
    environmentName: 'Live',
    state: 'requested',
    createdAt: '2026-01-01T00:00:00.000Z',
    requestPem: '-----BEGIN CERTIFICATE REQUEST-----\nAA==\n-----END CERTIFICATE REQUEST-----\n',
    spkiSha256: handle,
    chainPem: [],
    practice: false,
    accepted: [],
    remembered: [],
    history: [],
  }
}
