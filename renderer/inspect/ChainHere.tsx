import { ChainPicture } from '../parts/ChainPicture.tsx'
import { useInspect } from './inspect-store.ts'
import { chainAbove, fileOrder, issuersOf, orderSays } from './issuers.ts'
import type { Listing } from './listing.ts'
import classes from './ObjectPane.module.css'
import { Section } from './Section.tsx'

/** The chain above a certificate as far as it was dropped, and whether its file has it in the order servers want. */
export function ChainHere({ id, listing, today }: { id: string; listing: Listing; today: Date }) {
  const choose = useInspect((state) => state.choose)
  const row = listing.byId.get(id)
  if (row?.kind !== 'certificate' || row.problem || row.facts.subject === undefined) return null
  const issuers = issuersOf(listing)
  const chain = chainAbove(id, issuers).flatMap((one) => listing.byId.get(one) ?? [])
  // A root alone is no chain.
  if (chain.length === 1 && row.facts.selfSigned) return null
  const together = listing.rows.filter(
    (one) => one.kind === 'certificate' && one.file === row.file && one.inside === row.inside,
  )
  const order = fileOrder(together, issuers)
  const bySha = new Map(chain.map((one) => [one.facts.sha256, one.id]))
  return (
    <Section title="Chain among what was dropped" wide>
      <ChainPicture
        chain={chain.map(({ facts }) => ({
          subject: facts.subject ?? '',
          issuer: facts.issuer ?? '',
          notAfter: facts.notAfter ?? '',
          sha256: facts.sha256 ?? '',
        }))}
        today={today}
        leafWord="This certificate"
        // Above a CA a root is missing at most, which need not be there.
        trusted={chain.at(-1)?.facts.isCa ? undefined : false}
        missingNext="Drop it too, or ask whoever sent the certificate for it."
        onOpen={(certificate) => {
          const other = bySha.get(certificate.sha256)
          if (other !== undefined && other !== id) choose(other)
        }}
      />
      {order && (
        <p className={classes.order}>
          The certificates of this file: {orderSays(order).replace(/^./, (a) => a.toLowerCase())}.
        </p>
      )}
    </Section>
  )
}
