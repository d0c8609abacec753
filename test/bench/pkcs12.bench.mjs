// @ts-check
// Bundles and key files written and opened as the app does it, in the app's own runtime, against `openssl` with the same
// algorithms and rounds. Both are timed by the same process, in turns; the start of the program is not counted: what
// `openssl version` takes in the same turn is taken off.

import { runInTurns } from './run-in-turns.mjs'

await runInTurns('pkcs12-in-turns')
