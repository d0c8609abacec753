import type { ExtensionFact } from '../../shared/pki/facts.ts'
import { visibleStart } from '../parts/visible-text.ts'
import { extensionWords } from './field-words.ts'

/** Thousands of names in one extension are shown in full among the facts, not here. */
const mostLines = 40

export function ExtensionTable({ extensions }: { extensions: readonly ExtensionFact[] }) {
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">Extension</th>
          <th scope="col">Critical</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {extensions.map((extension, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a damaged certificate may carry the same extension twice
          <tr key={at}>
            <th scope="row" className="third">
              {extensionWords(extension)}
              <div className="quiet">
                {extension.name !== extension.oid && extension.name !== extensionWords(extension) && (
                  <>{extension.name} · </>
                )}
                {extension.oid}
              </div>
            </th>
            <td className="narrow">{extension.critical ? 'Yes' : <span className="dim">No</span>}</td>
            <td className="mono">
              {extension.value.slice(0, mostLines).map((line, row) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: lines of one value have no other name
                <div key={row}>
                  <bdi>{visibleStart(line, 2000)}</bdi>
                </div>
              ))}
              {extension.value.length > mostLines && (
                <div className="dim">… and {(extension.value.length - mostLines).toLocaleString()} more</div>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
