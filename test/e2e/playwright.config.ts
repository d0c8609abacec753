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
  // Of some two hundred tests with real windows, keyrings and sockets one in a thousand loses a race of its own making.
  // It is tried once more, and the report says what stood in the way the first time.
  retries: 1,
  outputDir: process.env.COUNTERSIGN_E2E_OUTPUT ?? '../../test-results',
})
