import { ActionIcon, Button, Menu, Popover } from '@mantine/core'
import { IconCalendarShare, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { Feed, FeedFormat } from '../../shared/calls/calendar.ts'
import { dateFiles } from '../../shared/expiry/date-files.ts'
import type { ExpiryItem } from '../../shared/expiry/items.ts'
import type { Problem } from '../../shared/problems.ts'
import { desk } from '../desk.ts'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { say } from '../parts/say.ts'
import classes from './OutsideMenu.module.css'

const formats = Object.keys(dateFiles) as FeedFormat[]

const reads: Record<FeedFormat, string> = {
  ics: 'for any calendar, with alarms',
  csv: 'for a spreadsheet',
  json: 'for scripts',
  prometheus: 'for node_exporter’s textfile collector',
}

/** The dates for other programs: once, or in a file that follows them. */
export function OutsideMenu({ shown, all }: { shown: readonly ExpiryItem[]; all: boolean }) {
  const [feeds, setFeeds] = useState<Feed[]>([])
  const [problem, setProblem] = useState<Problem | null>(null)
  const open = async () => {
    setProblem(null)
    const listed = await desk.listFeeds({})
    if (listed.ok) setFeeds(listed.value.feeds)
  }
  const save = async (format: FeedFormat) => {
    const items = all ? undefined : shown.map(({ id }) => id)
    const saved = await desk.saveDates({ format, ...(items && { items }) })
    setProblem(saved.ok ? null : saved.problem)
    if (saved.ok && saved.value.saved !== null) say(`Saved ${saved.value.saved}`)
  }
  const start = async (format: FeedFormat) => {
    const started = await desk.startFeed({ format })
    setProblem(started.ok ? null : started.problem)
    if (started.ok) setFeeds(started.value.feeds)
  }
  const stop = async (format: FeedFormat) => {
    const stopped = await desk.stopFeed({ format })
    if (stopped.ok) setFeeds(stopped.value.feeds)
  }
  return (
    <Popover position="bottom-end" width={380} onOpen={() => void open()} trapFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconCalendarShare size={16} stroke={1.6} aria-hidden />}>
          Export dates
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <section className={classes.part} aria-label="Save once">
          <h3 className={classes.title}>{all ? 'Save all dates once' : `Save the ${shown.length} on show once`}</h3>
          <div className={classes.row}>
            {formats.map((format) => (
              <Button key={format} size="xs" variant="default" onClick={() => void save(format)}>
                .{dateFiles[format].extension}
              </Button>
            ))}
          </div>
        </section>
        <section className={classes.part} aria-label="Files that follow the dates">
          <h3 className={classes.title}>Keep a file up to date</h3>
          <p className="quiet">
            Written anew whenever a date changes, while Countersign runs. It holds names and dates, and can be read by
            everybody on this computer.
          </p>
          {feeds.map((feed) => (
            <FeedLine key={feed.format} feed={feed} onStop={() => void stop(feed.format)} />
          ))}
          {problem && <ProblemNote problem={problem} />}
          <Menu position="bottom-start" withinPortal={false}>
            <Menu.Target>
              <Button size="xs" variant="default">
                Choose a file…
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {formats.map((format) => (
                <Menu.Item key={format} onClick={() => void start(format)}>
                  {dateFiles[format].says} <span className="dim">{reads[format]}</span>
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </section>
      </Popover.Dropdown>
    </Popover>
  )
}

function FeedLine({ feed, onStop }: { feed: Feed; onStop: () => void }) {
  const { says } = dateFiles[feed.format]
  return (
    <div className={classes.feed}>
      <span className={classes.words}>
        <span>{says}</span>
        <span className={classes.path} title={feed.path}>
          {feed.path}
        </span>
        {feed.failed && <span className={classes.failed}>Could not be written the last time</span>}
      </span>
      <ActionIcon variant="subtle" size={24} aria-label={`Stop writing ${says}`} onClick={onStop}>
        <IconX size={15} aria-hidden />
      </ActionIcon>
    </div>
  )
}
