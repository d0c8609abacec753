import type { InspectedObject, Inspection } from '../../shared/pki/facts.ts'

/** What to open first: the leaf of one of mine, else the first certificate that is no CA, else the first object. */
export function firstToShow({ objects, mine }: Inspection): string | null {
  const own = new Set(mine.map((one) => one.object))
  const certificates = objects.filter((object) => object.kind === 'certificate')
  const first: InspectedObject | undefined =
    certificates.find((object) => own.has(object.id)) ??
    certificates.find((object) => object.facts.isCa !== true && !object.problem) ??
    objects[0]
  return first?.id ?? null
}
