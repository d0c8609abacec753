import { daysLeft } from '../../shared/expiry/lifeline.ts'
import { daysText } from './dates.ts'

/** The whole validity in days or years. A five-minute head start for slow clocks does not make it a day longer. */
export const lifetimeWords = (notBefore: string, notAfter: string): string =>
  daysText(daysLeft(notAfter, new Date(notBefore)))
