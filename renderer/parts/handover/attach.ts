import { useCallback, useState } from 'react'
import type { Output } from '../../../shared/contract.ts'
import type { Finding } from '../../../shared/findings.ts'
import type { IdentityDetail } from '../../../shared/identity.ts'
import type { Problem } from '../../../shared/problems.ts'
import type { Result } from '../../../shared/result.ts'
import { desk, refreshIdentities } from '../../desk.ts'
import { say } from '../say.ts'

/** What is offered: files of a dialog, dropped files, or text. `again` is the dialog's last choice once more. */
export type Offer = { by: 'choose' } | { by: 'again' } | { by: 'files'; files: File[] } | { by: 'text'; text: string }

type AttachScreen =
  | { at: 'waiting' }
  | { at: 'reading' }
  | { at: 'flagged'; name: string; pem: string; findings: Finding[] }
  | { at: 'refused'; problem: Problem; offer: Offer }

function call(
  identity: string | undefined,
  offer: Offer,
  passphrase: string | undefined,
  despite: string[],
): Promise<Result<Output<'attachCertificate'>>> {
  if (offer.by === 'files') return desk.attachDropped(offer.files, { identity, passphrase, despite })
  const source = offer.by === 'text' ? { from: 'text' as const, text: offer.text } : { from: offer.by }
  return desk.attachCertificate({ identity, source, passphrase, despite })
}

/** The way of a certificate home: offered, perhaps opened by a passphrase, perhaps flagged, attached or refused. */
export function useAttach(identity: string | undefined, onAttached: (identity: IdentityDetail) => void) {
  const [screen, setScreen] = useState<AttachScreen>({ at: 'waiting' })

  const offer = useCallback(
    async (what: Offer, passphrase?: string, despite: string[] = []) => {
      setScreen({ at: 'reading' })
      const answer = await call(identity, what, passphrase, despite)
      if (!answer.ok) {
        return setScreen({
          at: 'refused',
          problem: answer.problem,
          offer: what.by === 'choose' ? { by: 'again' } : what,
        })
      }
      const { value } = answer
      if (value.outcome === 'cancelled') return setScreen({ at: 'waiting' })
      if (value.outcome === 'flagged') {
        return setScreen({ at: 'flagged', name: value.name, pem: value.pem, findings: value.findings })
      }
      setScreen({ at: 'waiting' })
      say(`Certificate attached to ${value.identity.name}`)
      onAttached(value.identity)
      void refreshIdentities()
    },
    [identity, onAttached],
  )

  const attachAnyway = useCallback(() => {
    if (screen.at !== 'flagged') return
    const despite = screen.findings.filter((finding) => finding.severity === 'refuses').map((finding) => finding.code)
    void offer({ by: 'text', text: screen.pem }, undefined, despite)
  }, [screen, offer])

  const clear = useCallback(() => setScreen({ at: 'waiting' }), [])
  return { screen, offer, attachAnyway, clear }
}

export type Attach = ReturnType<typeof useAttach>
