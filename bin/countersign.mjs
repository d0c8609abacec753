#!/usr/bin/env node
// The command line runs on plain Node from the same build as the app; a fresh clone is built first by `npm run build`.
import { existsSync } from 'node:fs'

const cli = new URL('../out/main/cli.js', import.meta.url)
if (!existsSync(cli)) {
  process.stderr.write('countersign: not built yet. Run `npm run build` in the project folder first.\n')
  process.exit(2)
}
await import(cli.href)
