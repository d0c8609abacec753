import { Button } from '@mantine/core'
import { TokenUnlock } from '../parts/tokens/TokenUnlock.tsx'
import { forgetLibrary, useTokens } from '../parts/tokens/token-store.ts'
import { Section } from './Section.tsx'

/** Libraries of tokens, and what is plugged in. */
export function TokensSection() {
  const state = useTokens()
  return (
    <Section
      title="Tokens"
      says="Smart cards, security keys and HSMs (PKCS #11): keys that are made there never leave them."
    >
      {state.installed && state.libraries.length > 0 && (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Library</th>
              <th scope="col">File</th>
              <th scope="col" className="end">
                From
              </th>
            </tr>
          </thead>
          <tbody>
            {state.libraries.map(({ id, name, path, from }) => (
              <tr key={id}>
                <th scope="row" className="narrow">
                  {name}
                </th>
                <td className="dim mono">{path}</td>
                <td className="narrow end">
                  {from === 'system' ? (
                    <span className="dim">Found</span>
                  ) : (
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={`Forget ${path}`}
                      onClick={() => void forgetLibrary(id)}
                    >
                      Forget
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <TokenUnlock />
    </Section>
  )
}
