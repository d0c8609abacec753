import { ActionIcon, TextInput, UnstyledButton } from '@mantine/core'
import { IconArrowLeft, IconList, IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import classes from './Guide.module.css'
import { GuideHits } from './GuideHits.tsx'
import { GuidePaper } from './GuidePaper.tsx'
import { allPages, dropSearch, find, read, readBefore, useGuide } from './guide-store.ts'

const groups = [...new Set(allPages.map(({ group }) => group))]

function Contents({ onChosen }: { onChosen: () => void }) {
  const here = useGuide((state) => state.place.split('#')[0])
  return (
    <nav aria-label="Contents of the guide" className={classes.contents}>
      {groups.map((group) => (
        <section key={group} aria-label={group}>
          <p className={classes.group}>{group}</p>
          {allPages
            .filter((page) => page.group === group)
            .map(({ id, title }) => (
              <UnstyledButton
                key={id}
                className={classes.entry}
                aria-current={id === here ? 'page' : undefined}
                onClick={() => {
                  read(id)
                  onChosen()
                }}
              >
                {title}
              </UnstyledButton>
            ))}
        </section>
      ))}
    </nav>
  )
}

/** The guide: contents, search, one page. Where there is little room the contents wait behind a button. */
export function GuideView({ focusSearch = false }: { focusSearch?: boolean }) {
  const words = useGuide((state) => state.words)
  const canGoBack = useGuide((state) => state.before.length > 0)
  const [listed, setListed] = useState(false)
  const view = useRef<HTMLDivElement>(null)
  const searching = words.trim() !== ''
  const opensAtParagraph = useGuide((state) => state.place.includes('#'))

  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    const first = view.current?.querySelector<HTMLElement>('[aria-label="Found in the guide"] button')
    if (event.key === 'ArrowDown' && first) {
      event.preventDefault()
      first.focus()
    } else if (event.key === 'Enter' && first) first.click()
    else if (event.key === 'Escape') dropSearch()
  }
  return (
    <div ref={view} className={classes.view} data-guide data-listed={listed || undefined}>
      <div className={classes.side}>
        <div className={classes.bar}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label="Back in the guide"
            disabled={!canGoBack}
            onClick={readBefore}
          >
            <IconArrowLeft size={16} stroke={1.6} aria-hidden />
          </ActionIcon>
          <TextInput
            className={classes.search}
            aria-label="Search the guide"
            placeholder="Search the guide"
            leftSection={<IconSearch size={14} stroke={1.6} aria-hidden />}
            value={words}
            autoFocus={focusSearch}
            data-autofocus={!opensAtParagraph || undefined}
            onChange={(event) => find(event.currentTarget.value)}
            onKeyDown={onKey}
          />
          <ActionIcon
            className={classes.toContents}
            variant="subtle"
            color="gray"
            aria-label="Contents"
            aria-expanded={listed}
            onClick={() => setListed(!listed)}
          >
            <IconList size={16} stroke={1.6} aria-hidden />
          </ActionIcon>
        </div>
        <Contents onChosen={() => setListed(false)} />
      </div>
      <div className={classes.page}>{searching ? <GuideHits words={words} /> : <GuidePaper />}</div>
    </div>
  )
}
