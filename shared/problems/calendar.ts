import type { WordsOf } from '../words.ts'

export type CalendarProblem = never

export const calendarWords: WordsOf<CalendarProblem> = {}
