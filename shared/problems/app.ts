import type { WordsOf } from '../words.ts'

export type AppProblem =
  | { code: 'app.unexpected' }
  | { code: 'app.stranger' }
  | { code: 'app.input-invalid'; field: string }
  | { code: 'app.cancelled' }
  | { code: 'cli.usage'; says: string }

export const appWords: WordsOf<AppProblem> = {
  'app.unexpected': () => ({
    title: 'Something in Countersign itself went wrong',
    causes: ['A fault in the app, not in your files.'],
    next: 'Try the step again. If it comes back, report it with the steps that led here.',
  }),
  'app.stranger': () => ({
    title: 'A call from an unknown page was refused',
    causes: ['Only the app’s own window may ask for this.'],
    next: 'Close the window and start Countersign again.',
  }),
  'app.input-invalid': (p) => ({
    title: `The value for “${p.field}” is not of the form this step takes`,
    causes: ['The value is too long, of another kind, or was not expected here.'],
    next: 'Correct it and try again. Nothing was changed.',
  }),
  'app.cancelled': () => ({
    title: 'Cancelled',
    causes: [],
    next: 'Nothing was changed. Start again whenever it suits.',
  }),
  'cli.usage': (p) => ({ title: p.says, causes: [], next: 'Add --help to see what this command takes.' }),
}
