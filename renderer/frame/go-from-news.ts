import type { News } from '../../shared/contract.ts'
import { showGuideForHere } from '../parts/guide-panel.ts'
import { go } from '../place.ts'
import { showPalette } from './palette-store.ts'
import { showShortcuts } from './shortcuts-store.ts'

/** A menu command or a clicked notification brings the user to its place. */
export function goFromNews({ to, identity, item, opened }: Extract<News, { kind: 'go' }>): void {
  switch (to) {
    case 'keys':
      showShortcuts()
      break
    case 'palette':
      showPalette()
      break
    case 'help':
      showGuideForHere()
      break
    case 'open-files':
      go({ room: 'inspect', from: { by: 'choose' } })
      break
    case 'opened-files':
      if (opened) go({ room: 'inspect', from: { by: 'opened', opened } })
      break
    case 'inspect-clipboard':
      go({ room: 'inspect', from: { by: 'clipboard' } })
      break
    case 'identity':
    case 'identities':
      go({ room: 'identities', identity })
      break
    case 'test':
      go({ room: 'test', identity })
      break
    case 'calendar':
      go({ room: 'calendar', item })
      break
    case 'renew':
      go({ room: 'create', renews: identity })
      break
    default:
      go({ room: to })
  }
}
