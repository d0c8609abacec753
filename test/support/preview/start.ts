import { createFakeDesk } from '../fake-desk.ts'

/** Put before the page's own script by the preview server: `?empty&vault=locked&appearance=dark&slow`. */
const asked = new URLSearchParams(location.search)
Object.assign(window, {
  desk: createFakeDesk({
    empty: asked.has('empty'),
    vault: (asked.get('vault') ?? undefined) as 'new' | 'locked' | undefined,
    appearance: (asked.get('appearance') ?? 'system') as 'system' | 'light' | 'dark',
    slowKey: asked.has('slow'),
  }),
})
