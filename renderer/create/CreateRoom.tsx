import { useEffect } from 'react'
import { useDesk } from '../desk.ts'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { go, useVisit } from '../place.ts'
import { Creating } from './Creating.tsx'
import { enter, saveNow, useCreate } from './create-store.ts'
import { Done } from './Done.tsx'
import { Wizard } from './Wizard.tsx'

/** From a provider to a signing request in five steps. */
export default function CreateRoom() {
  const screen = useCreate((state) => state.screen)
  const providers = useDesk((state) => state.providers)
  const { place, visit } = useVisit('create')

  // biome-ignore lint/correctness/useExhaustiveDependencies: once per visit: the place stays the same while one answers
  useEffect(() => {
    if (place) void enter(place)
  }, [visit])
  useEffect(() => {
    window.addEventListener('pagehide', saveNow)
    return () => {
      window.removeEventListener('pagehide', saveNow)
      saveNow()
    }
  }, [])

  switch (screen.at) {
    case 'reading':
      return null
    case 'refused':
      return (
        <div style={{ padding: 24 }}>
          <ProblemNote
            problem={screen.problem}
            action={{ label: 'All identities', run: () => go({ room: 'identities' }) }}
          />
        </div>
      )
    case 'creating':
      return (
        <Creating
          says={screen.says}
          elapsedMs={screen.elapsedMs}
          work={screen.work}
          plan={screen.plan}
          token={screen.token}
        />
      )
    case 'done': {
      const profile = providers.find((entry) => entry.profile.id === screen.identity.provider)?.profile
      return profile ? <Done identity={screen.identity} profile={profile} practice={screen.practice} /> : null
    }
    case 'answering':
      return <Wizard screen={screen} />
  }
}
