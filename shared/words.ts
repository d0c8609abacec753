/** What a person reads: what happened, what may have caused it, what to do next. */
export type Words = { title: string; causes: string[]; next: string }

/** Words for each of an area's problems. */
export type WordsOf<P extends { code: string }> = { [C in P['code']]: (p: Extract<P, { code: C }>) => Words }
