import { UnstyledButton } from '@mantine/core'
import { IconChevronRight, IconFileOff } from '@tabler/icons-react'
import { useState } from 'react'

import classes from './InspectRoom.module.css'
import type { LeftOutFile } from './listing.ts'
import { fileName } from './object-words.ts'

const most = 200

/** Files that were not read, each with its reason. */
export function LeftOut({ leftOut, open = false }: { leftOut: readonly LeftOutFile[]; open?: boolean }) {
  const [shown, setShown] = useState(open)
  if (leftOut.length === 0) return null
  return (
    <div className={classes.leftOut}>
      <UnstyledButton className={classes.leftOutHead} aria-expanded={shown} onClick={() => setShown(!shown)}>
        <IconFileOff size={16} stroke={1.6} aria-hidden />
        {leftOut.length === 1 ? '1 file left out' : `${leftOut.length.toLocaleString()} files left out`}
        <IconChevronRight size={14} aria-hidden />
      </UnstyledButton>
      {shown && (
        <ul>
          {leftOut.slice(0, most).map((file) => (
            <li key={file.file} data-problem={file.code}>
              <span title={file.file}>{fileName(file.file)}</span>
              <span className="quiet">
                {file.title}. {file.next}
              </span>
            </li>
          ))}
          {leftOut.length > most && <li className="quiet">… and {(leftOut.length - most).toLocaleString()} more</li>}
        </ul>
      )}
    </div>
  )
}
