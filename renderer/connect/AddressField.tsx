import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { addressProblem, completeAddress } from './address.ts'
import { fieldIds } from './call-form.ts'
import { useConnect } from './connect-store.ts'

/** The address in full: a long one takes more lines instead of being cut off. Enter sends. */
export function AddressField({ asked, says }: { asked: boolean; says: string | undefined }) {
  const url = useConnect((state) => state.form.url)
  const change = useConnect((state) => state.change)
  const [left, setLeft] = useState(false)
  const show = asked || (left && url !== '')
  return (
    <Textarea
      id={fieldIds.address}
      label="Address"
      placeholder="https://api.example.com/path"
      description={url === '' ? undefined : says}
      error={show ? addressProblem(url) : null}
      autosize
      minRows={1}
      maxRows={5}
      spellCheck={false}
      autoComplete="off"
      classNames={{ input: 'mono' }}
      styles={{ input: { wordBreak: 'break-all' } }}
      value={url}
      onChange={(event) => change({ url: event.currentTarget.value.replace(/\s*\n\s*/g, '') })}
      onBlur={() => {
        setLeft(true)
        change({ url: completeAddress(url) })
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return
        event.preventDefault()
        event.currentTarget.form?.requestSubmit()
      }}
    />
  )
}
