import type { Receiver } from './receivers.ts'

/** What the receiver does with the files, by the names that they are written under. */
export const receiverSteps = ({ steps }: Receiver, stem: string): string[] =>
  steps.map((step) => step.replaceAll('{stem}', stem))
