import { defineConfig } from 'vitest/config'

/** Programs wait for compilers and handshakes half of the time, so a few more than there are cores. */
export default defineConfig({
  test: {
    include: ['test/handover/**/*.test.ts'],
    testTimeout: 90_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    maxConcurrency: 4,
  },
})
