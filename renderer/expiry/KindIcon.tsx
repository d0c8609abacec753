import {
  type Icon,
  IconCertificate,
  IconCertificate2,
  IconId,
  IconListCheck,
  IconServer2,
  IconShieldCheck,
} from '@tabler/icons-react'
import type { ItemKind } from '../../shared/expiry/items.ts'

const icons: Record<ItemKind, Icon> = {
  identity: IconId,
  issued: IconCertificate,
  authority: IconCertificate2,
  crl: IconListCheck,
  'provider-ca': IconShieldCheck,
  server: IconServer2,
}

/** The kind by its shape; its name stands beside it. */
export function KindIcon({ kind }: { kind: ItemKind }) {
  const Shape = icons[kind]
  return <Shape size={16} stroke={1.6} aria-hidden style={{ flex: 'none' }} />
}
