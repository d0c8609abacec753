import { ok, type Result, refuse } from '../../shared/result.ts'
import type { AuthorityRecord, IssuedRecord } from '../vault/authority-record.ts'
import type { Vault } from '../vault/vault.ts'
import { type Arguments, type Option, usageProblem } from './args.ts'

export const authorityOption: Option = {
  takes: 'NAME',
  says: 'its name or handle: see `countersign authority list`; not needed where there is one',
}

/** The authority that `--authority` names, by name or handle; without it the only one that signs. */
export async function authorityNamed(
  { authorities }: Pick<Vault, 'authorities'>,
  args: Arguments,
): Promise<Result<AuthorityRecord>> {
  const { records } = await authorities.list()
  if (records.length === 0) return refuse({ code: 'authority.no-such' })
  const wanted = args.one('authority')
  const parents = new Set(records.map(({ parent }) => parent))
  const fitting =
    wanted === undefined
      ? records.filter(({ handle, successor }) => !parents.has(handle) && !successor)
      : records.filter(({ handle, name }) => handle === wanted || name === wanted)
  const [only] = fitting
  if (only && fitting.length === 1) return ok(only)
  const names = records.map(({ name, handle }) => `“${name}” (${handle})`).join(', ')
  return usageProblem(`Say which authority is meant, with --authority: ${names}`)
}

/** The certificate of the book that is named by its serial number, its handle, or a name that only one has. */
export async function issuedNamed(
  { issued }: Pick<Vault, 'issued'>,
  wanted: string,
  authority: string | undefined,
): Promise<Result<IssuedRecord>> {
  const { records } = await issued.list()
  const digits = wanted
    .toLowerCase()
    .replace(/[\s:]/g, '')
    .replace(/^0x/, '')
    .replace(/^0+(?=.)/, '')
  const ours = records.filter((one) => authority === undefined || one.authority === authority)
  const exact = ours.filter(({ handle, serial }) => handle === wanted || serial === digits)
  // Of a name that was renewed the one that still stands is meant.
  const named = ours.filter(({ name }) => name === wanted)
  const standing = named.filter(({ revoked }) => !revoked)
  const fitting = exact.length > 0 ? exact : standing.length > 0 ? standing : named
  const [only] = fitting
  if (only && fitting.length === 1) return ok(only)
  if (fitting.length === 0) return refuse({ code: 'issued.not-found', asked: wanted.slice(0, 200) })
  const serials = fitting.slice(0, 6).map(({ serial }) => serial.toUpperCase())
  return refuse({
    code: 'issued.several',
    asked: wanted.slice(0, 200),
    count: fitting.length,
    serials: serials.join(', '),
  })
}
