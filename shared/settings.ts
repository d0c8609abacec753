import { z } from 'zod'
import { ProxyChoice } from './tls/attempt.ts'

/** What electron-store keeps: preferences only, never a secret. */
export const Settings = z.strictObject({
  appearance: z.enum(['system', 'light', 'dark']).default('system'),
  reminders: z
    .strictObject({
      enabled: z.boolean().default(true),
      /** Days before expiry, largest first. */
      days: z.array(z.number().int().min(1).max(365)).min(1).max(8).default([30, 14, 7, 1]),
    })
    .default({ enabled: true, days: [30, 14, 7, 1] }),
  /** Reminds while no window is open, from login on. */
  background: z.boolean().default(false),
  /** When the vault locks itself, where a passphrase opens it again. */
  lock: z
    .strictObject({
      /** Minutes without keyboard or mouse; 0 for never. */
      idleMinutes: z.number().int().min(0).max(720).default(15),
      onScreenLock: z.boolean().default(true),
      onSuspend: z.boolean().default(true),
    })
    .default({ idleMinutes: 15, onScreenLock: true, onSuspend: true }),
  /** Once a day into the folder `backups`, sealed by the vault. */
  backups: z.strictObject({ daily: z.boolean().default(true) }).default({ daily: true }),
  test: z
    .strictObject({ timeoutMs: z.number().int().min(500).max(120_000).default(10_000) })
    .default({ timeoutMs: 10_000 }),
  /** For tests that choose none of their own. */
  proxy: ProxyChoice.default({ by: 'system' }),
  /** Looks for updates once a day. Nobody is asked before the user wants that. */
  updates: z.strictObject({ daily: z.boolean().default(false) }).default({ daily: false }),
  window: z
    .strictObject({
      x: z.number().int().optional(),
      y: z.number().int().optional(),
      width: z.number().int().min(400).max(20_000),
      height: z.number().int().min(300).max(20_000),
      maximized: z.boolean(),
    })
    .default({ width: 1180, height: 780, maximized: false }),
})
export type Settings = z.infer<typeof Settings>

export const SettingsChange = z.strictObject({
  appearance: Settings.shape.appearance.unwrap().optional(),
  reminders: Settings.shape.reminders.unwrap().optional(),
  lock: Settings.shape.lock.unwrap().optional(),
  backups: Settings.shape.backups.unwrap().optional(),
  test: Settings.shape.test.unwrap().optional(),
  proxy: Settings.shape.proxy.unwrap().optional(),
  updates: Settings.shape.updates.unwrap().optional(),
})
export type SettingsChange = z.infer<typeof SettingsChange>
