import { type Result, refuse } from '../../shared/result.ts'
import { readPkcs11Uri } from '../../shared/tokens/pkcs11-uri.ts'
import { type EngineKey, openEngineKey } from '../tls/engine-key.ts'
import { type Arguments, usageProblem } from './args.ts'
import type { Io } from './io.ts'
import { passphrasesGiven } from './passphrase.ts'

/** A key that is named by a `pkcs11:` URI; its PIN comes from a file or is typed, and never stands in a command line. */
export async function tokenKeyGiven(uri: string, args: Arguments, io: Io): Promise<Result<EngineKey>> {
  if (/[?&]pin-(value|source)=/.test(uri)) {
    return usageProblem('A PIN is not taken as an argument: use --passphrase-file, or a terminal that can be asked')
  }
  const key = readPkcs11Uri(uri)
  const { token, keyId } = key ?? {}
  if (!key || token === undefined || keyId === undefined) {
    return usageProblem('A key in a token is named by its token and id: pkcs11:token=NAME;id=%AA%01')
  }
  const given = await passphrasesGiven(args)
  if (!given.ok) return given
  const pin = given.value[0] ?? (io.interactive ? await io.ask(`PIN of ${token}`) : undefined)
  if (pin === null) return refuse({ code: 'app.cancelled' })
  if (pin === undefined) return usageProblem(`The token “${token}” wants its PIN: say --passphrase-file FILE`)
  return openEngineKey({ ...key, token, keyId }, pin)
}
