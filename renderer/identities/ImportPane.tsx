import { Button, Loader, Textarea } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { type DragEvent, type FormEvent, useEffect, useState } from 'react'
import type { Problem } from '../../shared/problems.ts'
import { IdentityLink } from '../parts/IdentityLink.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { RoomHeader } from '../parts/RoomHeader.tsx'
import { go } from '../place.ts'
import classes from './ImportPane.module.css'
import { ImportPreviewPart } from './ImportPreviewPart.tsx'
import { type ImportScreen, offer, startOver, useImport } from './import-store.ts'
import { ToAllIdentities } from './ToAllIdentities.tsx'

/** Keys and certificates that lie in files become identities: shown first, sealed when one agrees. */
export function ImportPane() {
  const screen = useImport((state) => state.screen)
  // What was read and not taken is forgotten with the pane; what is on show stays while one looks elsewhere.
  useEffect(() => {
    if (useImport.getState().screen.at === 'done') startOver()
  }, [])
  const onDrop = (event: DragEvent) => {
    const files = Array.from(event.dataTransfer.files)
    if (files.length === 0) return
    event.preventDefault()
    void offer({ by: 'drop', files })
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files are dropped anywhere here; the buttons do the same
    <div className={classes.pane} onDrop={onDrop} onDragOver={(event) => event.preventDefault()}>
      <RoomHeader
        title="Import"
        says="Keys and certificates you have in files become identities"
        actions={<ToAllIdentities />}
      />
      <div className={classes.body}>
        {screen.at === 'start' && <Start problem={screen.problem} />}
        {screen.at === 'reading' && (
          <p className={classes.reading} role="status">
            <Loader size={16} aria-hidden /> Reading…
          </p>
        )}
        {screen.at === 'preview' && <ImportPreviewPart screen={screen} />}
        {screen.at === 'done' && <Done screen={screen} />}
      </div>
    </div>
  )
}

function Start({ problem }: { problem: Problem | null }) {
  const [text, setText] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void offer({ by: 'text', text })
  }
  return (
    <>
      {problem && problem.code !== 'app.cancelled' && <ProblemNote problem={problem} />}
      <section className={classes.zone} aria-label="Files">
        <IconFileImport size={22} stroke={1.4} aria-hidden />
        <span className={classes.zoneWords}>
          Drop a folder, or files, here: keys, certificates, requests and bundles (PEM, PKCS#12, Java keystore, PuTTY),
          and what XCA exports. Keys find their certificates by themselves.
        </span>
        <span className={classes.buttons}>
          <Button variant="default" onClick={() => void offer({ by: 'folder' })}>
            Choose a folder
          </Button>
          <Button variant="default" onClick={() => void offer({ by: 'files' })}>
            Choose files
          </Button>
        </span>
      </section>
      <form onSubmit={submit} className={classes.form}>
        <Textarea
          label="Or paste what names the files"
          description="A curl call, an .env file, lines of nginx, Apache, Node.js, Python or Java. Before any file is read, a dialog shows which."
          placeholder={'curl --cert client.crt --key client.key https://…\nssl_certificate /etc/nginx/client.pem;'}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autosize
          minRows={4}
          maxRows={12}
          spellCheck={false}
          classNames={{ input: 'mono' }}
        />
        <Button type="submit" disabled={text.trim() === ''}>
          Find the files
        </Button>
      </form>
    </>
  )
}

function Done({ screen: { made, unprotected } }: { screen: Extract<ImportScreen, { at: 'done' }> }) {
  return (
    <>
      <div role="status">
        <h2 className={classes.title}>
          {made.length === 0
            ? 'Nothing was imported'
            : `Imported ${made.length === 1 ? 'one identity' : `${made.length} identities`}`}
        </h2>
      </div>
      <ul className={classes.made}>
        {made.map((one) => (
          <li key={one.handle}>
            <IdentityLink identity={one} />
          </li>
        ))}
      </ul>
      {unprotected.length > 0 && (
        <div className={classes.warning} role="note">
          <p>
            The keys are sealed here now, and still lie unencrypted where they were:{' '}
            <span className="mono">{unprotected.slice(0, 12).join(', ')}</span>
            {unprotected.length > 12 && ` and ${unprotected.length - 12} more`}. Countersign deletes no files of yours.
            Once your service has them from elsewhere, delete them, their copies and their backups.
          </p>
        </div>
      )}
      <div className={classes.buttons}>
        <Button onClick={() => go({ room: 'identities' })}>All identities</Button>
        <Button variant="default" onClick={startOver}>
          Import more
        </Button>
      </div>
    </>
  )
}
