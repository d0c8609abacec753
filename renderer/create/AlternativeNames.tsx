import { ActionIcon, Button, Select, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { type ClipboardEvent, useRef } from 'react'
import type { FieldFinding } from '../../shared/providers/subject.ts'
import { answer, leave } from './create-store.ts'
import { faultsOf } from './field-words.tsx'
import { likelyKind, type NameKind, partsOfName, splitNames } from './plan-answers.ts'
import classes from './Steps.module.css'

const kinds: { value: NameKind; label: string; example: string }[] = [
  { value: 'DNS', label: 'Host name', example: 'api.example.com' },
  { value: 'IP', label: 'IP address', example: '192.0.2.10' },
  { value: 'email', label: 'E-mail', example: 'ops@example.com' },
  { value: 'URI', label: 'URI', example: 'https://example.com/client' },
]

type AlternativeNamesProps = {
  names: readonly string[]
  findings: readonly FieldFinding[]
  left: ReadonlySet<string>
}

/** Further names of the certificate, one a line. Several pasted at once become several lines. */
export function AlternativeNames({ names, findings, left }: AlternativeNamesProps) {
  const list = useRef<HTMLFieldSetElement>(null)
  const set = (subjectAltNames: string[]) => answer({ subjectAltNames })
  const put = (index: number, entry: string) => set(names.map((name, at) => (at === index ? entry : name)))

  const add = () => {
    set([...names, 'DNS:'])
    requestAnimationFrame(() => {
      const inputs = list.current?.querySelectorAll<HTMLInputElement>('input[data-name]')
      inputs?.item(inputs.length - 1).focus()
    })
  }
  const onPaste = (index: number) => (event: ClipboardEvent) => {
    const pasted = splitNames(event.clipboardData.getData('text/plain'))
    if (pasted.length < 2) return
    event.preventDefault()
    const entries = pasted.map((one) => (/^(DNS|IP|email|URI):/i.test(one) ? one : `${likelyKind(one)}:${one}`))
    set([...names.slice(0, index), ...entries, ...names.slice(index + 1)])
  }

  return (
    <fieldset className={classes.group} ref={list}>
      <legend className={classes.legend}>
        Further names <span className="dim">(subject alternative names), optional</span>
      </legend>
      <div className={classes.names}>
        {names.map((entry, index) => {
          const { kind, value } = partsOfName(entry)
          const { error, aside } = faultsOf(`subjectAltNames.${index}`, findings, left)
          const label = `Further name ${index + 1}`
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place in the list
            <div key={index}>
              <div className={classes.nameRow}>
                <Select
                  aria-label={`Kind of ${label.toLowerCase()}`}
                  data={kinds}
                  value={kind}
                  onChange={(next) => next && put(index, `${next}:${value}`)}
                  allowDeselect={false}
                />
                <TextInput
                  aria-label={label}
                  data-name
                  value={value}
                  onChange={(event) => put(index, `${kind}:${event.currentTarget.value}`)}
                  onBlur={() => leave(`subjectAltNames.${index}`)}
                  onPaste={onPaste(index)}
                  error={error}
                  placeholder={kinds.find((one) => one.value === kind)?.example}
                  spellCheck={false}
                  autoComplete="off"
                />
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={32}
                  aria-label={`Remove ${label.toLowerCase()}`}
                  onClick={() => set(names.filter((_, at) => at !== index))}
                >
                  <IconX size={16} aria-hidden />
                </ActionIcon>
              </div>
              {aside}
            </div>
          )
        })}
        <div>
          <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={add}>
            Add a name
          </Button>
        </div>
      </div>
    </fieldset>
  )
}
