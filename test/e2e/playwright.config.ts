import { defineConfig } from 'playwright/test'

/** One worker: every test owns a window, and windows on one display take each other's focus. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.e2e.ts',
  workers: 1,
  fullyParallel: false,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  retries: 0,
  outputDir: process.env.COUNTERSIGN_E2E_OUTPUT ?? '../../test-results',
})
