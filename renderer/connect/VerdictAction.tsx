import { Button } from '@mantine/core'
import { useDesk } from '../desk.ts'
import { go } from '../place.ts'
import { fieldIds, isAtPractice } from './call-form.ts'
import { type Screen, useConnect } from './connect-store.ts'
import { focusOn } from './focus-on.ts'
import { type Action, actionFor } from './verdict-action.ts'

type Props = Pick<Extract<Screen, { at: 'answered' }>, 'attempt' | 'verdict' | 'form'> & { onShowAnswer: () => void }

function run(action: Action, onShowAnswer: () => void): void {
  const { change, send, openOptions } = useConnect.getState()
  switch (action.does) {
    case 'choose-identity':
      focusOn(fieldIds.identity)
      break
    case 'change-address':
      focusOn(fieldIds.address)
      break
    case 'change-proxy':
      openOptions(true)
      focusOn(fieldIds.proxy)
      break
    case 'proxy-login':
      openOptions(true)
      focusOn(fieldIds.proxyUser)
      break
    case 'paste-ca':
      change({ trust: 'pem' })
      focusOn(fieldIds.ca)
      break
    case 'send-again':
      void send()
      break
    case 'show-answer':
      onShowAnswer()
      break
    case 'open-identity':
      go({ room: 'identities', identity: action.identity })
      break
    case 'renew':
      go({ room: 'create', renews: action.identity })
      break
    case 'trust':
      change({ trust: action.trust })
      void send()
      break
  }
}

/** The next step as a button, where the app can do it. */
export function VerdictAction({ attempt, verdict, form, onShowAnswer }: Props) {
  const practice = useDesk((state) => state.practice)
  const hasProviderCa = useConnect((state) => state.detail?.serverCaPem !== undefined)
  const atPractice = practice !== null && isAtPractice(form, practice)
  const action = actionFor({ verdict, attempt, form, hasProviderCa, atPractice })
  if (!action) return null
  return (
    <Button variant="default" size="xs" onClick={() => run(action, onShowAnswer)}>
      {action.label}
    </Button>
  )
}
