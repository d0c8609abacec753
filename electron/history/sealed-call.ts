import { z } from 'zod'
import { ok, type Result } from '../../shared/result.ts'
import { changeIdentity } from '../handlers/identity-detail.ts'
import type { Means } from '../means.ts'

/** A call with its `{blanks}` still in it: what was typed may hold a token all the same, so it rests sealed. */
const KeptCall = z.strictObject({
  url: z.string(),
  headers: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  body: z.string().optional(),
})
export type KeptCall = z.infer<typeof KeptCall>

const Calls = z.record(z.string(), KeptCall)
const field = 'calls'
/** The oldest goes first: an identity has a few endpoints. */
const mostCalls = 40

type Vaulted = Pick<Means, 'vault'>

async function read({ vault }: Vaulted, identity: string): Promise<Result<Record<string, KeptCall>>> {
  const sealed = await vault.identities.secret(identity, field)
  if (!sealed.ok) return sealed
  if (!sealed.value) return ok({})
  try {
    return ok(Calls.parse(JSON.parse(sealed.value.toString('utf8'))))
  } finally {
    sealed.value.fill(0)
  }
}

/** The call that was last made to an endpoint with "remember"; undefined when none was. */
export async function keptCall(
  means: Vaulted,
  identity: string,
  endpoint: string,
): Promise<Result<KeptCall | undefined>> {
  const calls = await read(means, identity)
  return calls.ok ? ok(calls.value[endpoint]) : calls
}

/** Seals a call with its identity, so that the endpoint can be tested again as it was. */
export async function keepCall(means: Means, identity: string, endpoint: string, call: KeptCall): Promise<void> {
  const calls = await read(means, identity)
  if (!calls.ok) return
  const others = Object.entries(calls.value).filter(([id]) => id !== endpoint)
  const kept = Object.fromEntries([...others.slice(1 - mostCalls), [endpoint, call]])
  const bytes = new TextEncoder().encode(JSON.stringify(kept))
  await changeIdentity(means, identity, (stored) => stored, { [field]: bytes })
  bytes.fill(0)
}
