import { Button, Checkbox, Select } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { type SnippetCall, variablesOf } from '../../../shared/handover/snippet.ts'
import type { SnippetId } from '../../../shared/handover/snippet-ids.ts'
import { snippetKinds } from '../../../shared/handover/snippet-kinds.ts'
import type { Problem } from '../../../shared/problems.ts'
import { desk } from '../../desk.ts'
import { CodeBlock } from '../CodeBlock.tsx'
import { CopyButton } from '../CopyText.tsx'
import { ProblemNote } from '../ProblemNote.tsx'
import { savedWords } from '../saved-words.ts'
import { say } from '../say.ts'
import { highlight } from './highlight.ts'
import classes from './SnippetPanel.module.css'

const groups: { group: string; ids: string[] }[] = [
  { group: 'Command line', ids: ['curl', 'wget', 'httpie', 'openssl', 'powershell', 'k6'] },
  {
    group: 'Languages',
    ids: [
      ...['node-https', 'node-fetch', 'axios', 'python-requests', 'python-httpx', 'go'],
      ...['java-httpclient', 'java-apache5', 'spring', 'dotnet', 'php', 'ruby', 'rust'],
    ],
  },
  { group: 'API clients', ids: ['postman', 'insomnia', 'bruno'] },
]
const choices = groups.map(({ group, ids }) => ({
  group,
  items: ids
    .flatMap((id) => snippetKinds.filter((kind) => kind.id === id))
    .map(({ id, name }) => ({ value: id, label: name })),
}))

type CodeProps = { label: string; text: string; language: (typeof snippetKinds)[number]['language'] }

function Code({ label, text, language }: CodeProps) {
  const tokens = useMemo(() => highlight(text, language), [text, language])
  return (
    <CodeBlock label={label} className={classes.code}>
      {tokens.map((token, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text, in its order
        <span key={i} data-kind={token.kind}>
          {token.text}
        </span>
      ))}
    </CodeBlock>
  )
}

type Props = {
  identity: string
  callOf: (locked: boolean) => SnippetCall
  /** It is not the provider’s first call, so saving takes it along. */
  own?: true
  /** The program that is shown first. */
  first?: SnippetId
}

/** The call for somebody else's program, with what it needs beside it. */
export default function SnippetPanel({ identity, callOf, own, first = 'curl' }: Props) {
  const [id, setId] = useState<string>(first)
  const [locked, setLocked] = useState(true)
  const [problem, setProblem] = useState<Problem | null>(null)
  const kind = snippetKinds.find((one) => one.id === id) ?? snippetKinds[0]!
  const call = callOf(locked)
  const code = kind.write(call)
  const variables = variablesOf(call)
  const save = async () => {
    const { url, method, headers, body, blanks, files } = call
    const given = { url, method, headers: [...headers], body, blanks: [...blanks], files }
    const done = await desk.saveSnippet({ identity, for: kind.id, locked, ...(own && { call: given }) })
    setProblem(done.ok ? null : done.problem)
    if (done.ok && done.value.saved.length > 0) say(savedWords(done.value.saved))
  }
  return (
    <section aria-label="The same call in another program" className={classes.panel}>
      <h2 className={classes.title}>The same call in another program</h2>
      <div className={classes.choice}>
        <Select
          label="Program or library"
          w={260}
          searchable
          data={choices}
          value={id}
          allowDeselect={false}
          onChange={(value) => setId(value ?? 'curl')}
        />
        <Checkbox
          label="Key and bundle have a passphrase"
          checked={locked}
          onChange={(event) => setLocked(event.currentTarget.checked)}
        />
      </div>
      <Code label="Code" text={code} language={kind.language} />
      {kind.beside?.(call).map(({ file, text }) => (
        <div key={file}>
          <p className={classes.file}>{file}, beside it</p>
          <Code label={file} text={text} language="json" />
        </div>
      ))}
      <dl className={classes.facts}>
        <dt>Needs</dt>
        <dd>{kind.needs}</dd>
        <dt>Run it</dt>
        <dd>
          <code>{kind.run}</code>
        </dd>
        {variables.length > 0 && (
          <>
            <dt>Reads from the environment</dt>
            <dd>
              <code>{variables.join(', ')}</code>
            </dd>
          </>
        )}
        <dt>Trust</dt>
        <dd>{kind.trust(call)}</dd>
        {kind.notes?.(call).map((note) => (
          <div key={note} className={classes.note}>
            <dt>Note</dt>
            <dd>{note}</dd>
          </div>
        ))}
      </dl>
      <p className="dim">
        Holds no secret: files are named, passphrase and keys of the API are read from the environment.
      </p>
      {problem && <ProblemNote problem={problem} />}
      <div className={classes.actions}>
        <CopyButton text={code} what="code" />
        <Button
          variant="default"
          leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}
          onClick={() => void save()}
        >
          Save as {kind.file}
        </Button>
      </div>
    </section>
  )
}
