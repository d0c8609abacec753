import { Anchor } from '@mantine/core'
import { IconSchool } from '@tabler/icons-react'
import { useDesk } from '../desk.ts'
import { go } from '../place.ts'
import classes from './AuthorityRoom.module.css'

/** Whether the practice provider and its throw-away authority are at work. */
export function PracticeLine() {
  const practice = useDesk((state) => state.practice)
  return (
    <p className={classes.practice}>
      <IconSchool size={16} stroke={1.6} aria-hidden />
      {practice ? (
        <span>
          The practice provider runs as {practice.providerName}, with an authority of its own that only this computer
          knows.{' '}
          <Anchor component="button" type="button" fz="inherit" onClick={() => go({ room: 'test' })}>
            Test against it
          </Anchor>
        </span>
      ) : (
        <span>
          The practice provider is not running. Its authority signs only for practice and is trusted nowhere else.
        </span>
      )}
    </p>
  )
}
