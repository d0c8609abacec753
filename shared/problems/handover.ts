import type { WordsOf } from '../words.ts'

export type HandoverProblem =
  | { code: 'handover.no-call'; provider: string }
  | { code: 'handover.passphrase-unfit'; receiver: string; says: string }
  | { code: 'handover.key-exposed'; receiver: string }
  | { code: 'handover.no-identity'; asked: string }
  | { code: 'drag.holds-key'; name: string }
  | { code: 'drag.bundle-gone' }
  | { code: 'handover.no-such-step'; provider: string }
  | { code: 'handover.not-printed' }

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
  'handover.key-exposed': (p) => ({
    title: `The private key would lie in the clear in the files for ${p.receiver}`,
    causes: ['What it takes has no place for a passphrase.'],
    next: 'Say --key-unencrypted if that is meant, and remove the files once they are loaded.',
  }),
  'handover.no-identity': (p) => ({
    title: `No identity is called “${p.asked}”`,
    causes: ['It has another name in the app, or lies in its bin.'],
    next: 'The list of identities in the app shows the names.',
  }),
  'handover.no-such-step': (p) => ({
    title: `The checklist of ${p.provider} has no such step`,
    causes: ['Its provider file was replaced by another while the page was open.'],
    next: 'Open the identity again.',
  }),
  'handover.not-printed': () => ({
    title: 'The sheet could not be printed',
    causes: ['The hidden window that prints it was closed, or took longer than half a minute.'],
    next: 'Save it again, or save it as a web page (HTML) and print that.',
  }),
  'drag.holds-key': (p) => ({
    title: `“${p.name}” may hold a private key, and is not dragged out`,
    causes: ['Wherever it was dropped, it would lie there for others to read.'],
    next: 'Save it by the dialog, or import it and export an encrypted bundle: that may be dragged.',
  }),
  'drag.bundle-gone': () => ({
    title: 'The bundle is not where it was saved any more',
    causes: ['It was moved or removed, or the app was started anew since.'],
    next: 'Export it again.',
  }),
}
