import type { IdentityDetail } from '../../shared/identity.ts'
import { DateText } from '../parts/DateText.tsx'
import classes from './Tabs.module.css'

const words: Record<IdentityDetail['history'][number]['what'], string> = {
  created: 'Key and request made',
  'self-signed': 'Certificate signed by yourself',
  attached: 'Certificate attached',
  exported: 'Exported',
  tested: 'Tested',
  renamed: 'Renamed',
  replaced: 'Retired, replaced by',
  'saved-request': 'Request saved',
  'saved-certificate': 'Certificate saved',
  sent: 'Request sent to',
  'switched-over': 'Service switched over to this one',
  'step-done': 'Ticked off',
  'step-not-needed': 'Not needed',
  'tick-undone': 'Tick taken back',
  imported: 'Imported from files',
  removed: 'Removed to the bin',
  restored: 'Restored from the bin',
}

/** What happened to this identity, latest first. */
export function HistoryTab({ identity }: { identity: IdentityDetail }) {
  const events = [...identity.history].sort((a, b) => b.at.localeCompare(a.at))
  return (
    <ul className={classes.events} aria-label="History">
      {events.map((event, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two events may be alike to the second
        <li key={at}>
          <span className="dim">
            <DateText iso={event.at} withTime />
          </span>
          <span>
            {words[event.what]}
            {event.detail && <span className="dim">: {event.detail}</span>}
          </span>
        </li>
      ))}
    </ul>
  )
}
