import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { type ExpiryItem, type ItemKind, renewFromOf, usualDays } from '../../shared/expiry/items.ts'
import { paperOfCode, paperOfProblem } from '../../shared/guide/papers.ts'
import type { InspectedObject } from '../../shared/pki/facts.ts'
import type { Problem } from '../../shared/problems.ts'
import { ok, type Result } from '../../shared/result.ts'
import { dateOf } from '../expiry/certificate-dates.ts'
import type { Io } from './io.ts'
import type { ExpiringOut } from './output-expiry.ts'
import { problemJson } from './print.ts'
import { readFiles, stdinName } from './read-files.ts'

type FileProblem = z.infer<typeof ExpiringOut>['problems'][number]

export type FilesFound = { items: ExpiryItem[]; problems: FileProblem[] }

/** The certificates and revocation lists in files, folders and at servers, in any form that `inspect` reads. */
export async function expiringInFiles(
  paths: readonly string[],
  passphrases: readonly string[],
  days: readonly number[],
  io: Io,
): Promise<Result<FilesFound>> {
  const { files, leftOut } = await readFiles(paths, io)
  const { createReader } = await import('../reader-client.ts')
  const reader = createReader()
  try {
    const found = await reader.inspect(files, passphrases, io.now())
    if (!found.ok) return found
    const named = new Set(paths)
    const locked = found.value.objects.flatMap(({ file, kind, problem }): FileProblem[] =>
      problem && mayHide(kind, named.has(file))
        ? [
            {
              ...problem,
              causes: [],
              guide: paperOfCode(problem.code) ?? paperOfProblem('file.unknown-kind'),
              file: shown(file),
            },
          ]
        : [],
    )
    const unread = leftOut.map(({ file, problem }: { file: string; problem: Problem }) => ({
      ...problemJson(problem),
      file: shown(file),
    }))
    return ok({ items: itemsOf(found.value.objects, days), problems: [...locked, ...unread] })
  } finally {
    await reader.close()
  }
}

/** A locked key has no date. A locked container may hold one, and so may whatever was asked about by name. */
const mayHide = (kind: InspectedObject['kind'], named: boolean) =>
  kind !== 'private-key' && (named || kind === 'pkcs12' || kind === 'keystore')

const shown = (file: string) => (file === stdinName ? '-' : file)

/** The same certificate in several files is one item, used by each of them. */
function itemsOf(objects: readonly InspectedObject[], days: readonly number[]): ExpiryItem[] {
  const found = new Map<string, ExpiryItem>()
  for (const { kind, facts, file } of objects) {
    const [notBefore, notAfter] = [
      dateOf(facts.notBefore ?? facts.thisUpdate),
      dateOf(facts.notAfter ?? facts.nextUpdate),
    ]
    if ((kind !== 'certificate' && kind !== 'crl') || notAfter === undefined) continue
    const digest = facts.sha256 ?? createHash('sha256').update(`${file} ${notAfter}`).digest('hex')
    const before = found.get(digest)
    if (before) {
      if (!before.usedBy.includes(shown(file))) before.usedBy.push(shown(file))
      continue
    }
    const remindDays = usualDays(days, notBefore, notAfter)
    const itemKind: ItemKind = kind === 'crl' ? 'crl' : facts.isCa ? 'provider-ca' : 'issued'
    found.set(digest, {
      id: `${itemKind}:${digest.slice(0, 40)}`,
      kind: itemKind,
      name: nameOf(facts, shown(file)),
      provider: null,
      providerName: null,
      environment: null,
      environmentName: null,
      life: 'current',
      ...(notBefore !== undefined && { notBefore }),
      notAfter,
      renewFrom: renewFromOf(remindDays, notBefore, notAfter),
      reminders: 'usual',
      remindDays,
      done: false,
      practice: false,
      usedBy: [shown(file)],
    })
  }
  return [...found.values()]
}

function nameOf(facts: InspectedObject['facts'], file: string): string {
  const parts = facts.subjectParts ?? facts.issuerParts ?? []
  const part = (type: string) => parts.find((one) => one.type === type)?.value
  return (part('CN') ?? part('O') ?? facts.subject ?? facts.issuer ?? '') || file
}
