// @ts-check
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** @param {string} program @returns {string | undefined} its whole path */
export const programOnPath = (program) =>
  (process.env.PATH ?? '')
    .split(':')
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, program))
    .find((path) => existsSync(path))
