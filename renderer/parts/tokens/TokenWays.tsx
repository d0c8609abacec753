import { Button } from '@mantine/core'
import { ProblemNote } from '../ProblemNote.tsx'
import { chooseLibrary, lookForTokens, useTokens } from './token-store.ts'
import classes from './tokens.module.css'

/** What went wrong with libraries, and the ways to further tokens. */
export function TokenWays({ none }: { none: boolean }) {
  const { installed, libraries, found, looking, problem } = useTokens()
  if (installed === false) return <ProblemNote problem={{ code: 'token.no-module' }} />
  const failed = libraries.flatMap(({ id }) => found[id]?.problem ?? [])
  return (
    <>
      {none && !looking && installed !== null && (
        <p className={classes.said}>
          {libraries.length === 0
            ? 'No library of tokens was found on this computer. It comes with the token’s software (PKCS #11).'
            : `No token is plugged in. Looked with ${libraries.map(({ name }) => name).join(', ')}.`}
        </p>
      )}
      {failed.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one for each library, in their order
        <ProblemNote key={at} problem={one} />
      ))}
      {problem && <ProblemNote problem={problem} />}
      <div className={classes.ways}>
        <Button variant="default" size="xs" onClick={() => void lookForTokens()} loading={looking}>
          Look again
        </Button>
        <Button variant="default" size="xs" onClick={() => void chooseLibrary()}>
          Choose library…
        </Button>
      </div>
    </>
  )
}
