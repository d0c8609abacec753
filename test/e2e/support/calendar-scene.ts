import type { Desktop } from './app.ts'
import { ask } from './desk.ts'
import { makeAuthority } from './provider.ts'

const items = 1000

/** A thousand rows on the calendar, with ends over ten years: identities of one provider, each signed. */
export async function makeThousand({ page }: Desktop): Promise<void> {
  const provider = await makeAuthority()
  const atOnce = 8
  let next = 0
  const worker = async () => {
    while (next < items) {
      const i = next++
      const { handle, requestPem } = await ask(page, 'createIdentity', {
        // Several at once, so each is a work of its own.
        work: `scene-${i}`,
        plan: {
          provider: 'truv',
          environment: i % 3 === 0 ? 'production' : 'sandbox',
          name: `Item ${i}`,
          answers: { name: 'acme' },
          subject: {},
          subjectAltNames: [],
          key: 'ec-p256',
        },
      })
      const { pem } = await provider.sign(requestPem, { days: 1 + ((i * 37) % 3650) })
      await ask(page, 'attachCertificate', { identity: handle, source: { from: 'text', text: pem }, despite: [] })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}
