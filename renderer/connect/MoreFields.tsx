import { NativeSelect, Textarea } from '@mantine/core'
import { useState } from 'react'
import { Folded } from '../parts/Folded.tsx'
import { HeaderFields } from '../parts/HeaderFields.tsx'
import type { CallForm } from './call-form.ts'
import { useConnect } from './connect-store.ts'

const methods: CallForm['method'][] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']

/** Method, headers and body: filled in by the provider's first call, so folded until wanted. */
export function MoreFields() {
  const method = useConnect((state) => state.form.method)
  const body = useConnect((state) => state.form.body)
  const headers = useConnect((state) => state.form.headers)
  const count = headers.length
  const change = useConnect((state) => state.change)
  const [open, setOpen] = useState(false)
  const hasBody = method !== 'GET' && method !== 'HEAD'
  const says = [
    method,
    count > 0 && `${count} ${count === 1 ? 'header' : 'headers'}`,
    hasBody && body !== '' && 'body',
  ].filter(Boolean)
  return (
    <Folded title="Method, headers, body" says={says.join(', ')} open={open} onToggle={setOpen}>
      <NativeSelect
        label="Method"
        data={methods}
        value={method}
        onChange={(event) => change({ method: event.currentTarget.value as CallForm['method'] })}
      />
      <HeaderFields headers={headers} onChange={(next) => change({ headers: next })} />
      {hasBody && (
        <Textarea
          label="Body"
          autosize
          minRows={3}
          maxRows={10}
          spellCheck={false}
          classNames={{ input: 'mono' }}
          value={body}
          onChange={(event) => change({ body: event.currentTarget.value })}
        />
      )}
    </Folded>
  )
}
