import {
  type Icon,
  IconBan,
  IconCertificate,
  IconCertificate2,
  IconFileText,
  IconFileUnknown,
  IconKey,
  IconLock,
  IconPackage,
  IconStack2,
} from '@tabler/icons-react'
import type { InspectedObject } from '../../shared/pki/facts.ts'
import { isLocked } from '../../shared/pki/locked.ts'
import type { Shown } from './object-words.ts'

const icons: Record<InspectedObject['kind'], Icon> = {
  certificate: IconCertificate,
  request: IconFileText,
  crl: IconBan,
  'private-key': IconKey,
  'public-key': IconKey,
  pkcs12: IconPackage,
  pkcs7: IconStack2,
  keystore: IconPackage,
  unknown: IconFileUnknown,
}

/** The kind of an object as a picture; its name always stands beside it. */
export function KindIcon({ object, size = 18 }: { object: Shown; size?: number }) {
  const Glyph = isLocked(object) ? IconLock : object.facts.isCa ? IconCertificate2 : icons[object.kind]
  return <Glyph size={size} stroke={1.5} aria-hidden />
}
