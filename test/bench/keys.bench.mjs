// @ts-check
// A key and its signing request, made as the app makes them and in the app's own runtime, against `openssl req -newkey`.
// Both are timed by the same process, in turns: what a person waits for, the start of openssl included.
// How long a prime takes to find is luck, so medians of few runs mean little: hence the counts.

import { runInTurns } from './run-in-turns.mjs'

await runInTurns('keys-in-turns')
