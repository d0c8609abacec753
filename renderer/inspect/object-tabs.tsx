import type { ReactNode } from 'react'
import { create } from 'zustand'
import type { ObjectKind } from '../../shared/pki/facts.ts'
import type { OpenedObject } from '../../shared/pki/inspect-calls.ts'
import { Asn1Tab } from './Asn1Tab.tsx'
import { ContainerTab } from './ContainerTab.tsx'
import { ExtensionTable } from './ExtensionTable.tsx'
import { FactSections } from './FactSections.tsx'
import { Fingerprints } from './Fingerprints.tsx'
import type { Listing } from './listing.ts'
import { PemTab } from './PemTab.tsx'
import { ProviderTab } from './ProviderTab.tsx'
import { RevokedTab } from './RevokedTab.tsx'
import { TrustTab } from './TrustTab.tsx'

/** The tab on show stays from one object to the next: who compares the ASN.1 of five certificates picks it once. */
export const useTab = create<{ tab: string }>(() => ({ tab: 'facts' }))

export type ObjectTab = { value: string; label: ReactNode; panel: () => ReactNode }

/** Kinds that hold no private key: their text and their bytes are for showing. */
const publicKinds: ReadonlySet<ObjectKind> = new Set(['certificate', 'request', 'crl', 'public-key', 'pkcs7'])

/** What there is to look at in an object of its kind. */
export function objectTabs(opened: OpenedObject, listing: Listing, today: Date): ObjectTab[] {
  const { object } = opened
  const { facts, kind, id } = object
  const key = `${listing.inspection} ${id}`
  const place = { inspection: listing.inspection, object: id }
  const extensions = facts.extensions ?? []
  const isPublic = publicKinds.has(kind) && (object.problem === null || object.pem !== undefined)
  const tabs: (ObjectTab | false)[] = [
    Object.keys(facts).some((name) => name !== 'bytes') && {
      value: 'facts',
      label: 'Facts',
      panel: () => <FactSections opened={opened} listing={listing} today={today} />,
    },
    (opened.container.length > 0 || opened.whoOpens.length > 0) && {
      value: 'structure',
      label: kind === 'private-key' ? 'Who can open it' : 'Structure',
      panel: () => <ContainerTab opened={opened} />,
    },
    kind === 'crl' && {
      value: 'revoked',
      label: `Revoked (${(facts.revokedCount ?? opened.revoked.length).toLocaleString()})`,
      panel: () => <RevokedTab key={key} opened={opened} />,
    },
    extensions.length > 0 && {
      value: 'extensions',
      label: `Extensions (${extensions.length})`,
      panel: () => <ExtensionTable extensions={extensions} />,
    },
    Boolean(facts.sha256 || facts.spkiSha256) && {
      value: 'fingerprints',
      label: 'Fingerprints',
      panel: () => <Fingerprints facts={facts} pinSha256={opened.pinSha256} />,
    },
    isPublic && { value: 'pem', label: 'PEM', panel: () => <PemTab pem={object.pem} place={place} /> },
    isPublic && { value: 'asn1', label: 'ASN.1', panel: () => <Asn1Tab place={place} /> },
    kind === 'certificate' &&
      object.problem === null && {
        value: 'trust',
        label: 'Trust',
        panel: () => <TrustTab key={key} object={object} listing={listing} today={today} />,
      },
    (kind === 'certificate' || kind === 'request') &&
      object.problem === null && {
        value: 'provider',
        label: 'Provider',
        panel: () => <ProviderTab object={object} listing={listing} />,
      },
  ]
  return tabs.filter((tab) => tab !== false)
}
