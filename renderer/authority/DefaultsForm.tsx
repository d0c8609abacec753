import { Button, Group, NumberInput, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { AuthorityDetail } from '../../shared/calls/authority.ts'
import { SigningDefaults } from '../../shared/calls/authority.ts'
import type { Problem } from '../../shared/problems.ts'
import { desk } from '../desk.ts'
import { say } from '../parts/say.ts'
import classes from './AuthorityRoom.module.css'

const lines = (text: string): string[] =>
  text
    .split(/\s+/)
    .map((line) => line.trim())
    .filter(Boolean)

type Props = { authority: AuthorityDetail; onProblem: (problem: Problem | null) => void }

/** Days and addresses that newly signed certificates get, unless another choice is made for one. */
export function DefaultsForm({ authority, onProblem }: Props) {
  const { handle, defaults } = authority
  const [days, setDays] = useState(defaults.days)
  const [lists, setLists] = useState(defaults.crlUrls.join('\n'))
  const [issuers, setIssuers] = useState(defaults.issuerUrls.join('\n'))
  const typed = { days, crlUrls: lines(lists), issuerUrls: lines(issuers) }
  const fits = SigningDefaults.safeParse(typed).success
  const changed = JSON.stringify(typed) !== JSON.stringify(defaults)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const answer = await desk.changeAuthority({ authority: handle, defaults: typed })
    onProblem(answer.ok ? null : answer.problem)
    if (answer.ok) say('Kept for the next certificates')
  }
  return (
    <form className={classes.defaults} onSubmit={(event) => void submit(event)}>
      <NumberInput
        label="Days"
        value={days}
        onChange={(value) => setDays(Number(value) || 1)}
        min={1}
        max={3650}
        clampBehavior="strict"
        w={120}
      />
      <Textarea
        label="Addresses of its revocation list (CRL)"
        description="One a line. Servers that fetch lists look there."
        placeholder="http://ca.example.com/acme.crl"
        value={lists}
        onChange={(event) => setLists(event.currentTarget.value)}
        autosize
        minRows={1}
        spellCheck={false}
        error={fits || typed.crlUrls.length === 0 ? null : 'Full http or https addresses, eight at most'}
      />
      <Textarea
        label="Addresses of its own certificate (AIA)"
        description="One a line. Where a certificate’s issuer can be fetched."
        placeholder="http://ca.example.com/acme.crt"
        value={issuers}
        onChange={(event) => setIssuers(event.currentTarget.value)}
        autosize
        minRows={1}
        spellCheck={false}
      />
      {changed && (
        <Group>
          <Button type="submit" size="xs" disabled={!fits}>
            Keep
          </Button>
        </Group>
      )}
    </form>
  )
}
