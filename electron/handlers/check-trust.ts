import type { ObjectRef, PathRoots } from '../../shared/pki/inspect-calls.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { Handlers } from '../ipc.ts'
import type { Means } from '../means.ts'
import type { ReadingQuestion } from '../reader-jobs.ts'
import { heldBy } from './object-of.ts'

/** Would it be trusted, by whom, for what, when? Answered by the reader, which builds the path and judges it. */
export const checkTrust =
  (means: Means): Handlers['checkTrust'] =>
  async ({ object, purpose, host, at, roots, inspection }) => {
    const asked = await certificateOf(means, object)
    if (!asked.ok) return asked
    const trusted = await rootsOf(means, roots)
    if (!trusted.ok) return trusted
    const question: ReadingQuestion = {
      leaf: asked.value.der,
      pile: asked.value.chain,
      roots: trusted.value,
      purpose,
      ...(host !== undefined && { host }),
      at: at ?? means.now().toISOString(),
    }
    const among = inspection ?? (object.of === 'inspection' ? object.inspection : undefined)
    if (among === undefined) return (await means.reader()).trust(question)
    return means.inspections.ask(among, (reading) => reading.trust(question))
  }

type Held = { der: Uint8Array; chain: Uint8Array[] }

async function certificateOf(means: Means, ref: ObjectRef): Promise<Result<Held>> {
  if (ref.of === 'inspection') {
    const found = await means.inspections.ask(ref.inspection, (reading) => reading.certificate(ref.object))
    return found.ok ? ok({ der: found.value, chain: [] }) : found
  }
  const held = await heldBy(means, ref)
  if (!held.ok) return held
  const [der = new Uint8Array(0)] = dersIn(held.value.pem)
  return ok({ der, chain: held.value.chainPem.flatMap(dersIn) })
}

async function rootsOf(means: Means, roots: PathRoots): Promise<Result<ReadingQuestion['roots']>> {
  switch (roots.by) {
    case 'dropped':
      return ok('dropped')
    case 'system':
      return ok([...(await import('../tls/system-roots.ts')).systemRoots().ders])
    case 'object': {
      const found = await certificateOf(means, roots.object)
      return found.ok ? ok([found.value.der]) : found
    }
    case 'identity': {
      const found = await certificateOf(means, { of: 'identity', identity: roots.identity, part: 'certificate' })
      return found.ok ? ok([found.value.der]) : found
    }
  }
}

const dersIn = (pem: string): Uint8Array[] => pemBlocks(pem).map(({ der }) => der)
