import { ok, type Result } from '../../shared/result.ts'
import { type Arguments, usageProblem } from './args.ts'

const plainName = /^[^\s.\\/:*?"<>|\u0000-\u001f-][^\\/:*?"<>|\u0000-\u001f]{0,100}$/

/** What the files of a command are called before their endings: `--name`, or what was made up for them. */
export function baseGiven(args: Arguments, otherwise: string): Result<string> {
  const name = args.one('name') ?? otherwise
  return plainName.test(name) ? ok(name) : usageProblem('--name is the name of files, without a folder')
}
