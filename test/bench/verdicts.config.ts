import { defineConfig } from 'vitest/config'

/** Not among the projects of `npm test`: it takes minutes, and programs that only the benchmark installs. */
export default defineConfig({
  test: { name: 'verdicts', include: ['test/bench/verdicts.ts'], hookTimeout: 60_000, fileParallelism: false },
})
