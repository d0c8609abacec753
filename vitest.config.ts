import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const project = (name: string, testTimeout = 10_000) => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], testTimeout, hookTimeout: 60_000 },
})

export default defineConfig({
  test: {
    // Vitest keeps one core for itself: with two, half of the computer would wait.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [project('unit'), project('main', 30_000), project('cli', 60_000), project('interop', 60_000)],
  },
})
