import type { Result } from '../result.ts'
import { ok } from '../result.ts'
import { readCertificate } from './certificate.ts'
import type { Converted } from './convert-how.ts'
import type { Item } from './convert-items.ts'
import type { Bytes } from './der.ts'
import { sha256 } from './digest.ts'
import { readRequest } from './request.ts'

/** The public key (SubjectPublicKeyInfo) that belongs to an item; `null` for what has none. */
export async function spkiOf(item: Item): Promise<Result<Bytes | null>> {
  if (item.kind === 'certificate') return ok(readCertificate(item.der)?.spki ?? null)
  if (item.kind === 'request') return ok(readRequest(item.der)?.publicKey.der ?? null)
  if (item.kind === 'public-key') return ok(item.der)
  if (!item.key) return ok(null)
  const opened = await item.key.open()
  return opened.ok ? ok(opened.value.spki) : opened
}

/** What was written, for scripts. */
export async function objectsOf(items: readonly Item[]): Promise<Converted['objects']> {
  const objects: Converted['objects'] = []
  for (const item of items) {
    if (item.kind === 'parameters') continue
    const spki = item.kind === 'crl' ? ok(null) : await spkiOf(item)
    objects.push({
      kind: item.kind,
      ...(item.kind !== 'private-key' && { sha256: sha256(item.der) }),
      ...(spki.ok && spki.value && { spkiSha256: sha256(spki.value) }),
      ...(item.name !== undefined && { name: item.name }),
    })
  }
  return objects
}
