import { defineConfig } from 'playwright/test'

/** One app after the other: what is counted has to be of the one that runs. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.contact.ts',
  workers: 1,
  fullyParallel: false,
  timeout: 300_000 + Number(process.env.COUNTERSIGN_IDLE_SECONDS ?? 0) * 1000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  retries: 0,
})
