import { Component, type ReactNode } from 'react'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { go } from '../place.ts'

/** A fault while drawing a room must not take the frame with it: the other rooms stay reachable. */
export class RoomFault extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render() {
    if (!this.state.failed) return this.props.children
    return (
      <div style={{ padding: 24, maxWidth: 640 }}>
        <ProblemNote
          problem={{ code: 'app.unexpected' }}
          action={{ label: 'Back to identities', run: () => go({ room: 'identities' }) }}
        />
      </div>
    )
  }
}
