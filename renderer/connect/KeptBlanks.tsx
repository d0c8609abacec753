import { Anchor, Checkbox } from '@mantine/core'
import type { Blank } from '../../shared/providers/profile.ts'
import side from '../parts/SideForm.module.css'
import { useConnect } from './connect-store.ts'

/** One and the same list whenever nothing is kept: a new one each time would never come to rest. */
const none: readonly string[] = []

/** Whether what was typed is kept with the identity, and the way to have it forgotten. */
export function KeptBlanks({ blanks }: { blanks: readonly Blank[] }) {
  const form = useConnect((state) => state.form)
  const kept = useConnect((state) => state.detail?.remembered ?? none)
  const change = useConnect((state) => state.change)
  const forget = useConnect((state) => state.forgetBlanks)
  if (form.identity === null || blanks.length === 0) return null
  const typed = blanks.some((blank) => form.blanks[blank.id])
  const allKept = blanks.every((blank) => kept.includes(blank.id))
  return (
    <>
      {(typed || !allKept) && (
        <Checkbox
          label="Keep these with the identity, sealed"
          checked={form.remember}
          onChange={(event) => change({ remember: event.currentTarget.checked })}
        />
      )}
      {kept.length > 0 && (
        <p className={side.says}>
          Kept with the identity, sealed.{' '}
          <Anchor component="button" type="button" fz={12} onClick={() => void forget()}>
            Forget what is kept
          </Anchor>
        </p>
      )}
    </>
  )
}
