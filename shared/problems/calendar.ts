import type { WordsOf } from '../words.ts'

export type CalendarProblem = { code: 'calendar.not-prom'; name: string }

export const calendarWords: WordsOf<CalendarProblem> = {
  'calendar.not-prom': (p) => ({
    title: `“${p.name}” would not be read`,
    causes: ['node_exporter’s textfile collector reads only files whose names end in .prom.'],
    next: 'Choose a name that ends in .prom. Nothing was written.',
  }),
}
