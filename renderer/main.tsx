import './mantine.css'
import './theme.css'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { connectDesk } from './desk.ts'
import { styleNonce } from './style-nonce.ts'
import { Themed } from './Themed.tsx'

// The scroll lock under dialogs writes a style element through a library that looks for its nonce here.
Object.assign(globalThis, { __webpack_nonce__: styleNonce() })

connectDesk()

const root = document.getElementById('app')
if (root) {
  createRoot(root).render(
    <Themed>
      <App />
    </Themed>,
  )
}
