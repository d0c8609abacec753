import { MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import { useDesk } from './desk.ts'
import { styleNonce } from './style-nonce.ts'
import { theme, themeVariables } from './theme.ts'

/** Preferences rest in the main process, so nothing of the colour scheme is kept in the page. */
const forgetfulManager = {
  get: () => 'auto' as const,
  set: () => {},
  subscribe: () => {},
  unsubscribe: () => {},
  clear: () => {},
}

/** Theme and colour scheme: the system's, unless the settings say light or dark. */
export function Themed({ children }: { children: ReactNode }) {
  const appearance = useDesk((desk) => desk.settings?.appearance ?? 'system')
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={themeVariables}
      getStyleNonce={styleNonce}
      colorSchemeManager={forgetfulManager}
      defaultColorScheme="auto"
      forceColorScheme={appearance === 'system' ? undefined : appearance}
    >
      {children}
    </MantineProvider>
  )
}
