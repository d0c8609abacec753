import { fileNameOf } from '../../shared/handover/file-name.ts'
import type { Receiver } from '../../shared/handover/receivers.ts'

/** What the receiver does with the files, by the names that they are written under. */
export const receiverSteps = ({ steps }: Receiver, name: string): string[] => {
  const stem = fileNameOf(name)
  return steps.map((step) => step.replaceAll('{stem}', stem))
}
