import type { WordsOf } from '../words.ts'

export type UpdateProblem =
  | { code: 'update.not-here' }
  | { code: 'update.none' }
  | { code: 'update.busy' }
  | { code: 'update.unreachable'; host: string; says: string }
  | { code: 'update.feed-wrong'; host: string; says: string }
  | { code: 'update.not-signed'; host: string }
  | { code: 'update.damaged'; host: string }
  | { code: 'update.not-writable'; file: string }

export const updateWords: WordsOf<UpdateProblem> = {
  'update.not-here': () => ({
    title: 'Countersign does not update itself here',
    causes: [
      'It was installed as a package of the system, is portable, was built without a feed, or a policy decides so.',
    ],
    next: 'Settings, Updates says where the next version comes from.',
  }),
  'update.none': () => ({
    title: 'There is no update to install',
    causes: ['It was not looked for yet, was cancelled, or was withdrawn.'],
    next: 'Check for updates once more.',
  }),
  'update.busy': () => ({
    title: 'An update is being looked for or downloaded already',
    causes: [],
    next: 'Wait until it is done, or cancel it.',
  }),
  'update.unreachable': (p) => ({
    title: `No answer from ${p.host}, where updates come from: ${p.says}`,
    causes: ['This computer is offline, or a firewall or proxy stands in between.'],
    next: 'Try again later. The app works on as it is.',
  }),
  'update.feed-wrong': (p) => ({
    title: `What ${p.host} says of updates cannot be used: ${p.says}`,
    causes: ['The feed is not set up, or is being changed just now.'],
    next: 'Try again later. Nothing was changed.',
  }),
  'update.not-signed': (p) => ({
    title: `The update from ${p.host} was refused: it is not signed by the makers of Countersign`,
    causes: ['Somebody put another feed in its place, or the feed was published only in part.'],
    next: 'Do not install it by hand. Tell whoever runs the feed; nothing was changed here.',
  }),
  'update.damaged': (p) => ({
    title: `The update from ${p.host} was refused: what arrived is not what was signed`,
    causes: ['The download broke off, or was altered on the way.'],
    next: 'Download it again. Nothing was changed.',
  }),
  'update.not-writable': (p) => ({
    title: `“${p.file}” could not be replaced`,
    causes: ['It lies in a folder that belongs to somebody else, or the disk is full.'],
    next: 'Move the app to a folder of yours, or let whoever installed it update it.',
  }),
}
