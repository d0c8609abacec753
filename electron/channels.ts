/** The page's own origin, and the two channels between it and the main process. Free of imports: start-up needs them. */
export const appScheme = 'app'
export const pageOrigin = 'app://countersign'

/** One channel for all calls: a name that is not in the contract reaches no code at all. */
export const callChannel = 'call'
export const newsChannel = 'news'
