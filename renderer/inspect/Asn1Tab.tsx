import { Loader } from '@mantine/core'
import { useState } from 'react'
import type { Structure } from '../../shared/pki/inspect-calls.ts'
import { desk } from '../desk.ts'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { useAnswer } from '../parts/use-answer.ts'
import classes from './Asn1Tab.module.css'
import { Asn1Tree } from './Asn1Tree.tsx'
import { Asn1Value } from './Asn1Value.tsx'
import { nodeAt, outerOf } from './asn1-nodes.ts'
import { HexView } from './HexView.tsx'
import type { ObjectPlace } from './PemTab.tsx'

/** The object as it is written: its tree beside its bytes; what is marked in one is marked in the other. */
export function Asn1Tab({ place }: { place: ObjectPlace }) {
  const { answered, isFresh, isLate } = useAnswer(`${place.inspection} ${place.object}`, () =>
    desk.objectStructure(place),
  )
  if (!answered || !isFresh) return isLate ? <Loader size={16} aria-label="Reading the structure" /> : null
  if (!answered.answer.ok) return <ProblemNote problem={answered.answer.problem} />
  return <Asn1View key={answered.key} structure={answered.answer.value} />
}

function Asn1View({ structure }: { structure: Structure }) {
  const { nodes, bytes, cut } = structure
  const [node, setNode] = useState(0)
  /** The octet that the cursor of the hex view is on. */
  const [octet, setOctet] = useState(0)
  const [closed, setClosed] = useState<ReadonlySet<number>>(new Set())

  const goToNode = (index: number) => {
    setNode(index)
    setOctet(nodes[index]?.at ?? 0)
  }
  const goToOctet = (offset: number) => {
    setOctet(offset)
    const index = nodeAt(nodes, offset)
    if (index < 0) return
    setNode(index)
    // What is marked must be seen in the tree, whatever was closed above it.
    setClosed((now) => {
      const next = new Set(now)
      for (let outer = outerOf(nodes, index); outer >= 0; outer = outerOf(nodes, outer)) next.delete(outer)
      return next.size === now.size ? now : next
    })
  }
  const setOpen = (index: number, open: boolean) =>
    setClosed((now) => {
      const next = new Set(now)
      if (open) next.delete(index)
      else next.add(index)
      return next
    })

  if (nodes.length === 0) return <p className="dim">There is no ASN.1 in this object.</p>
  return (
    <div className={classes.view}>
      {cut && (
        <p className="quiet">
          Shown are the first {nodes.length.toLocaleString()} values and {bytes.length.toLocaleString()} bytes; the
          object has more.
        </p>
      )}
      <div className={classes.both}>
        <Asn1Tree nodes={nodes} marked={node} closed={closed} onMark={goToNode} onOpen={setOpen} />
        <HexView bytes={bytes} node={nodes[node]} octet={octet} onOctet={goToOctet} />
      </div>
      {nodes[node] && <Asn1Value node={nodes[node]} bytes={bytes} />}
    </div>
  )
}
