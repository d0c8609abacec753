import { calendarFile } from './calendar-file.ts'
import type { ExpiryItem } from './items.ts'
import { metricsFile } from './metrics-file.ts'
import { csvFile, jsonFile } from './table-file.ts'

type DateFile = {
  /** What a file dialog proposes. node_exporter reads only names that end in `.prom`. */
  fileName: string
  extension: string
  says: string
  text(items: readonly ExpiryItem[], now: Date): string
}

/** The forms in which the dates leave the app. */
export const dateFiles = {
  ics: { fileName: 'countersign.ics', extension: 'ics', says: 'Calendar (iCalendar)', text: calendarFile },
  csv: { fileName: 'countersign.csv', extension: 'csv', says: 'Table (CSV)', text: csvFile },
  json: { fileName: 'countersign.json', extension: 'json', says: 'JSON', text: jsonFile },
  prometheus: { fileName: 'countersign.prom', extension: 'prom', says: 'Prometheus text file', text: metricsFile },
} as const satisfies Record<string, DateFile>
