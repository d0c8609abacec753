import type { WordsOf } from '../words.ts'

export type HandoverProblem =
  | { code: 'handover.no-call'; provider: string }
  | { code: 'handover.passphrase-unfit'; receiver: string; says: string }

export const handoverWords: WordsOf<HandoverProblem> = {
  'handover.no-call': (p) => ({
    title: `No first call is known for ${p.provider}`,
    causes: ['Its pages document none, or the host depends on an answer that was not given.'],
    next: 'Make the call in the Test room: its address is remembered there.',
  }),
  'handover.passphrase-unfit': (p) => ({
    title: `${p.receiver} does not take this passphrase`,
    causes: [p.says],
    next: 'Choose another one, or have one made.',
  }),
}
