import type { Input, Output } from '../../../shared/contract.ts'
import { asn1Tree } from '../../../shared/pki/asn1-tree.ts'
import { compareObjects } from '../../../shared/pki/compare.ts'
import type { InspectionPart, ObjectRef } from '../../../shared/pki/inspect-calls.ts'
import { isLocked } from '../../../shared/pki/locked.ts'
import { derOf, openedObject } from '../../../shared/pki/open-object.ts'
import { checkTrust } from '../../../shared/pki/path/check-trust.ts'
import { type Entry, Reading } from '../../../shared/pki/reading.ts'
import { checkCertificate, checkRequest } from '../../../shared/providers/conformance.ts'
import { builtInProfiles } from '../../../shared/providers/registry.ts'
import { ok, type Result, refuse } from '../../../shared/result.ts'

type Named = { file: string; bytes: Uint8Array<ArrayBuffer> }

const tokenOf = (number: number) => number.toString(16).padStart(24, '0')
const partRows = 500

/** Inspections in the page itself, by the same code that reads in the reader's process. */
export function previewInspections(slow: boolean) {
  const readings = new Map<string, Reading>()

  const part = async (inspection: string, from: number): Promise<Result<InspectionPart>> => {
    const reading = readings.get(inspection)
    if (!reading) return refuse({ code: 'file.not-kept' })
    if (slow && from > 0) await new Promise((done) => setTimeout(done, 400))
    const { rows, total, done } = await reading.rows(from, partRows, 10_000)
    const { relations, mine } = done ? await reading.relations([]) : { relations: [], mine: [] }
    const locked = reading.entries.filter(({ row }) => isLocked(row)).map(({ row }) => row.id)
    return ok({ inspection, rows, total, done, relations, mine, leftOut: [], locked })
  }

  const begin = async (files: Named[]): Promise<Result<Output<'startInspection'>>> => {
    const inspection = tokenOf(readings.size + 1)
    readings.set(inspection, new Reading(files, [], new Date()))
    const first = await part(inspection, 0)
    return first.ok ? ok({ inspection: first.value }) : first
  }

  const find = (inspection: string, object: string): { reading: Reading; entry: Entry } => {
    const reading = readings.get(inspection)!
    return { reading, entry: reading.find(object)! }
  }
  const findRef = async (ref: ObjectRef) => {
    if (ref.of !== 'inspection') throw new Error('the preview has no identities to compare')
    const { reading, entry } = find(ref.inspection, ref.object)
    return reading.object(entry)
  }

  return {
    dropped: async (files: File[]) =>
      begin(
        await Promise.all(
          files.map(async (file) => ({ file: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
        ),
      ),
    answers: {
      warmReader: () => ok({}),
      closeInspection: () => ok({}),
      startInspection: async ({ source }: Input<'startInspection'>) => {
        if (source.from === 'text') return begin([{ file: '-', bytes: new TextEncoder().encode(source.text) }])
        if (source.from !== 'unlock') return ok({ inspection: null })
        const opened = await readings.get(source.unlock)?.unlock(source.passphrase)
        if (!opened?.length) return refuse({ code: 'key.passphrase-wrong', name: 'key.pem' })
        const first = await part(source.unlock, 0)
        return first.ok ? ok({ inspection: first.value }) : first
      },
      moreRows: ({ inspection, from }: Input<'moreRows'>) => part(inspection, from),
      openObject: async ({ inspection, object, profile }: Input<'openObject'>) => {
        const { reading, entry } = find(inspection, object)
        const opened = await openedObject(reading, entry)
        const rules = builtInProfiles.find((one) => one.id === profile?.provider)
        if (!profile || !rules) return ok(opened)
        const { facts, kind } = opened.object
        const findings =
          kind === 'request'
            ? checkRequest(rules, profile.environment, facts)
            : checkCertificate(rules, profile.environment, { facts, now: new Date() })
        return ok({ ...opened, judgement: { ...profile, findings } })
      },
      objectStructure: ({ inspection, object }: Input<'objectStructure'>) => {
        const { entry } = find(inspection, object)
        const { kind } = entry.row
        if (['private-key', 'pkcs12', 'keystore', 'unknown'].includes(kind)) return refuse({ code: 'app.unexpected' })
        return ok(asn1Tree(derOf(entry)!, kind))
      },
      compareObjects: async ({ a, b }: Input<'compareObjects'>) =>
        ok(compareObjects(await findRef(a), await findRef(b))),
      checkTrust: async ({ object, purpose, host, at, roots }: Input<'checkTrust'>) => {
        if (object.of !== 'inspection') return refuse({ code: 'app.unexpected' })
        const { reading, entry } = find(object.inspection, object.object)
        const certificates = reading.entries.filter(({ row }) => row.kind === 'certificate')
        const ders = (some: Entry[]) => some.flatMap((one) => derOf(one) ?? [])
        const trusted = roots.by === 'dropped' ? certificates.filter(({ row }) => row.facts.selfSigned) : []
        const question = { leaf: derOf(entry)!, pile: ders(certificates), roots: ders(trusted), purpose, host }
        return ok(await checkTrust({ ...question, at: new Date(at ?? Date.now()) }))
      },
      saveObject: () => ok({ saved: '/home/ann/acme.crt' }),
      saveRepaired: () => ok({ saved: '/home/ann/acme.pem' }),
    },
  }
}
