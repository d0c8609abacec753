import type { Result } from '../../shared/result.ts'
import type { Arguments, Option } from './args.ts'
import type { Io } from './io.ts'

/** What a command has to say at its end. `text` is for people, `json` for scripts; either may be absent. */
export type Answer = {
  /** 0 good, 1 refused or a finding that refuses. */
  exit: 0 | 1
  json?: unknown
  text?: () => string
}

export type Command = {
  name: string
  /** What follows the name: `FILE…`. */
  usage: string
  says: string
  /** More lines for `--help`, already short enough. */
  notes?: string[]
  options: Record<string, Option>
  examples: string[]
  run(args: Arguments, io: Io): Promise<Result<Answer>>
}

export const jsonOption: Option = { says: 'print JSON for scripts instead of text' }

export const passphraseOption: Option = {
  takes: 'FILE',
  says: 'first line of FILE is the passphrase; asked for on a terminal otherwise',
}

/** How a command names the provider whose rules apply. */
export const providerOptions = {
  provider: { takes: 'ID', says: 'the provider: see `countersign providers`' },
  'provider-file': { takes: 'FILE', says: 'a provider of your own, from a profile file' },
  environment: { takes: 'ID', says: 'its environment, such as sandbox' },
} satisfies Record<string, Option>
