import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createSecureContext, type SecureContextOptions } from 'node:tls'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { type Pkcs11Key, pkcs11Uri } from '../../shared/tokens/pkcs11-uri.ts'

/**
 * A key in a token for Node's own TLS. Node built on OpenSSL with engines asks one for signatures (libp11's, called
 * `pkcs11`); Electron's BoringSSL has none. `identifier` holds the PIN: it is for this process alone.
 */
export type EngineKey = { identifier: string }

const engine = 'pkcs11'

/** Where systems keep engines of OpenSSL 3: Node has a folder of its own built in, which is empty. */
const folders = [
  '/usr/lib/x86_64-linux-gnu/engines-3',
  '/usr/lib/aarch64-linux-gnu/engines-3',
  '/usr/lib64/engines-3',
  '/usr/lib/engines-3',
  '/opt/homebrew/lib/engines-3',
  '/usr/local/lib/engines-3',
]

const encodedPin = (pin: string) =>
  Array.from(new TextEncoder().encode(pin), (octet) => `%${octet.toString(16).padStart(2, '0')}`).join('')

/** As `tls.createSecureContext` takes it. */
export const engineOptions = ({ identifier }: EngineKey): SecureContextOptions => ({
  privateKeyIdentifier: identifier,
  privateKeyEngine: engine,
})

/** Opens the key once, so that what is wrong with it is said before anything is sent. */
export function openEngineKey(
  { token, serial, keyId, library }: Pkcs11Key & { token: string; keyId: string },
  pin: string,
): Result<EngineKey> {
  const found = folders.find((folder) => ['so', 'dylib'].some((end) => existsSync(join(folder, `${engine}.${end}`))))
  // Both are read by libraries of C: they must stand in the environment of this very process.
  if (found) process.env.OPENSSL_ENGINES ??= found
  if (library !== undefined) process.env.PKCS11_MODULE_PATH = library
  const uri = pkcs11Uri({ token, ...(serial !== undefined && { serial }), keyId })
  const key = { identifier: `${uri}?pin-value=${encodedPin(pin)}` }
  try {
    createSecureContext(engineOptions(key))
    return ok(key)
  } catch (error) {
    const { code = '', message = '' } = error as { code?: string; message?: string }
    if (code === 'ERR_OSSL_PIN_INCORRECT' || /PIN incorrect/i.test(message)) {
      return refuse({ code: 'token.pin-wrong', token, pin: 'fine' })
    }
    if (/PIN locked/i.test(message)) return refuse({ code: 'token.pin-blocked', token })
    if (
      code === 'ERR_CRYPTO_CUSTOM_ENGINE_NOT_SUPPORTED' ||
      /shared library|no such engine|init failed/i.test(message)
    ) {
      return refuse({ code: 'token.no-engine' })
    }
    return refuse({ code: 'token.key-lost', token, keyId })
  }
}
