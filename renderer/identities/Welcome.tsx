import { Anchor, Button } from '@mantine/core'
import { IconArrowRight, IconSchool } from '@tabler/icons-react'
import { useState } from 'react'
import { useDesk } from '../desk.ts'
import { ProviderPicker } from '../parts/ProviderPicker.tsx'
import { RoomHeader } from '../parts/RoomHeader.tsx'
import { go } from '../place.ts'
import { DraftNote } from './DraftNote.tsx'
import classes from './Welcome.module.css'

/** No identity yet: the provider is the first and only question. */
export function Welcome() {
  const first = useDesk((state) => state.providers[0]?.profile.id)
  const [chosen, setChosen] = useState<string | undefined>()
  return (
    <div className={classes.welcome}>
      <RoomHeader
        title="Start with your provider"
        says="Countersign makes the key and the signing request (CSR) your provider asks for, brings the certificate home and proves that a call works."
      />
      <div className={classes.body}>
        <DraftNote />
        <ProviderPicker
          chosen={chosen ?? first}
          onChoose={setChosen}
          actions={(profile) => (
            <>
              <Button
                rightSection={<IconArrowRight size={16} aria-hidden />}
                onClick={() => go({ room: 'create', provider: profile.id })}
              >
                Start with {profile.name}
              </Button>
              <Button
                variant="default"
                leftSection={<IconSchool size={16} stroke={1.6} aria-hidden />}
                onClick={() => go({ room: 'create', provider: profile.id, practice: true })}
              >
                Try it with the practice provider
              </Button>
              <span className={classes.aside}>The practice provider runs here: nothing leaves this computer.</span>
              <span className={classes.aside}>
                You have keys and certificates already?{' '}
                <Anchor
                  component="button"
                  type="button"
                  fz={12}
                  onClick={() => go({ room: 'identities', view: 'import' })}
                >
                  Import them
                </Anchor>
              </span>
            </>
          )}
        />
      </div>
    </div>
  )
}
