import { Button } from '@mantine/core'
import { type DragEvent, useState } from 'react'
import type { Output } from '../../shared/contract.ts'
import type { PolicyState } from '../../shared/policy/policy-state.ts'
import type { Problem } from '../../shared/problems.ts'
import type { ProviderEntry } from '../../shared/providers/provider-entry.ts'
import type { Result } from '../../shared/result.ts'
import { desk, refreshProviders, useDesk } from '../desk.ts'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { ManagedNote } from '../parts/ManagedNote.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { say } from '../parts/say.ts'
import { Section } from './Section.tsx'

/** The providers that come with the app and those added as files. */
export function ProvidersSection({ policy }: { policy: PolicyState | null }) {
  const takesOwn = policy?.policy.providers?.own !== false
  const providers = useDesk((state) => state.providers)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [removing, setRemoving] = useState<ProviderEntry | null>(null)

  const take = async (adding: Promise<Result<Output<'addProvider'>>>) => {
    setProblem(null)
    const done = await adding
    if (!done.ok) return setProblem(done.problem)
    if (!done.value.entry) return
    await refreshProviders()
    say(`Added ${done.value.entry.profile.name}`)
  }
  const onDrop = (event: DragEvent) => {
    const files = Array.from(event.dataTransfer.files)
    if (files.length === 0) return
    event.preventDefault()
    void take(desk.addProviderDropped(files))
  }
  const remove = async () => {
    if (!removing) return
    const done = await desk.removeProvider({ provider: removing.profile.id })
    setRemoving(null)
    if (!done.ok) return setProblem(done.problem)
    await refreshProviders()
    say(`Removed ${removing.profile.name}`)
  }
  return (
    <Section title="Providers" says="A provider’s rules are data. Add a file of your own, or drop it here.">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping needs a mouse; the button below does the same */}
      <div style={{ width: '100%' }} onDrop={onDrop}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Environments</th>
              <th scope="col" className="end">
                From
              </th>
            </tr>
          </thead>
          <tbody>
            {providers.map((entry) => (
              <tr key={entry.profile.id}>
                <th scope="row">{entry.profile.name}</th>
                <td className="dim">{entry.profile.environments.map((one) => one.name).join(', ')}</td>
                <td className="narrow end">
                  {entry.builtIn ? (
                    <span className="dim">Built in</span>
                  ) : entry.managed ? (
                    <span className="dim">Your organisation</span>
                  ) : (
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={`Remove ${entry.profile.name}`}
                      onClick={() => setRemoving(entry)}
                    >
                      Remove
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {problem && <ProblemNote problem={problem} />}
      {takesOwn && (
        <Button variant="default" onClick={() => void take(desk.addProvider({ from: 'choose' }))}>
          Add provider file…
        </Button>
      )}
      <ManagedNote policy={policy} section="providers" />
      <ConfirmDialog
        opened={removing !== null}
        onClose={() => setRemoving(null)}
        title={`Remove “${removing?.profile.name ?? ''}”`}
        verb="Remove"
        onConfirm={remove}
        grave
      >
        Its rules are no longer offered. Identities made for it stay, but need the file again to be shown in full.
      </ConfirmDialog>
    </Section>
  )
}
