import type { Blank } from '../../shared/providers/profile.ts'
import { Field } from '../parts/Field.tsx'
import { SecretField } from '../parts/SecretField.tsx'
import { useConnect } from './connect-store.ts'

/** One value that only the user has, such as the client id. What is kept already need not be typed again. */
export function BlankField({ blank, missing }: { blank: Blank; missing: boolean }) {
  const value = useConnect((state) => state.form.blanks[blank.id] ?? '')
  const kept = useConnect((state) => state.detail?.remembered.includes(blank.id) ?? false)
  const onChange = (typed: string) => {
    const { form, change } = useConnect.getState()
    change({ blanks: { ...form.blanks, [blank.id]: typed } })
  }
  const error = missing ? `Enter the ${blank.label}.` : null
  const hint = kept ? 'Leave empty to use what is kept' : blank.hint
  return blank.secret ? (
    <SecretField label={blank.label} value={value} onChange={onChange} error={error} hint={hint} />
  ) : (
    <Field label={blank.label} value={value} onChange={onChange} error={error} rule={hint} mono />
  )
}
