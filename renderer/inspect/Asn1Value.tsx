import type { Asn1Node } from '../../shared/pki/inspect-calls.ts'
import { CopyIcon, CopyText } from '../parts/CopyText.tsx'
import { KeyValue } from '../parts/KeyValue.tsx'
import { visibleStart } from '../parts/visible-text.ts'
import classes from './Asn1Tab.module.css'
import { endOf, hexOf } from './asn1-nodes.ts'

/** More of an object is copied as PEM. */
const mostCopied = 4096

const plural = (count: number) => `${count.toLocaleString()} ${count === 1 ? 'byte' : 'bytes'}`

/** The marked value: where it is, how long, what it says. */
export function Asn1Value({ node, bytes }: { node: Asn1Node; bytes: Uint8Array }) {
  const from = node.at + node.headerLength
  const to = Math.min(endOf(node), bytes.length)
  return (
    <section className={classes.marked} aria-label="Marked value">
      <KeyValue
        nameWidth={96}
        pairs={[
          ['Value', <strong key="tag">{node.role ? `${node.role} (${node.tag})` : node.tag}</strong>],
          [
            'Place',
            <span key="place" className="number">
              from {node.at.toLocaleString()} (hex {node.at.toString(16)}): {plural(node.headerLength)} tag and length,{' '}
              {plural(node.length)} content
            </span>,
          ],
          node.value !== undefined && [
            'Says',
            <bdi key="value">
              <CopyText text={node.value} shown={visibleStart(node.value, 200)} what="value" />
            </bdi>,
          ],
          to > from && [
            'Content',
            <span key="hex" className={classes.content}>
              <span className="mono selectable">{hexOf(bytes, from, to)}</span>
              {to - from <= mostCopied && (
                <CopyIcon text={hexOf(bytes, from, to, mostCopied).replaceAll(' ', '')} what="content in hex" />
              )}
            </span>,
          ],
        ]}
      />
    </section>
  )
}
