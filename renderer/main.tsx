import './wake.ts'
import './mantine.css'
import './theme.css'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { connectDesk } from './desk.ts'
import { loadRoom } from './frame/use-room.ts'
import { styleNonce } from './style-nonce.ts'
import { Themed } from './Themed.tsx'

// The scroll lock under dialogs writes a style element through a library that looks for its nonce here.
Object.assign(globalThis, { __webpack_nonce__: styleNonce() })

// On its way while the frame is drawn; what it shows is known by then.
void loadRoom('identities')
connectDesk()

const root = document.getElementById('app')
if (root) {
  createRoot(root).render(
    <Themed>
      <App />
    </Themed>,
  )
}
