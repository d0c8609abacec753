import { createHash } from 'node:crypto'
import { access, readdir, readFile, realpath } from 'node:fs/promises'
import { basename, isAbsolute, join } from 'node:path'
import type { LibraryId, TokenLibrary } from '../../shared/tokens/token.ts'

/** What libraries are called by people, by their file's name. p11-kit's own are stores of certificates, not tokens. */
const names: [pattern: RegExp, name: string][] = [
  [/softhsm/i, 'SoftHSM 2'],
  [/opensc|onepin/i, 'OpenSC (smart cards)'],
  [/ykcs11/i, 'YubiKey (YKCS11)'],
  [/cloudhsm/i, 'AWS CloudHSM'],
  [/cryptoki|chrystoki/i, 'Thales Luna'],
  [/etoken|eTPKCS11|IDPrime/i, 'SafeNet Authentication Client'],
  [/cs_pkcs11|cs2_pkcs11/i, 'Utimaco'],
  [/cknfast/i, 'nCipher nShield'],
  [/yubihsm/i, 'YubiHSM 2'],
  [/tpm2_pkcs11/i, 'TPM 2.0'],
  [/kmsp11/i, 'Google Cloud KMS'],
  [/bit4/i, 'Bit4id'],
  [/aetpkss/i, 'SafeSign'],
  [/p11-kit-proxy/i, 'All modules of p11-kit'],
]
const notTokens = /p11-kit-(client|trust)|pkcs11-spy|onepin/

export const libraryId = (path: string): LibraryId => createHash('sha256').update(path).digest('hex').slice(0, 16)

export const libraryName = (path: string): string =>
  names.find(([pattern]) => pattern.test(basename(path)))?.[1] ?? basename(path)

export const asLibrary = (path: string, from: TokenLibrary['from']): TokenLibrary => ({
  id: libraryId(path),
  name: libraryName(path),
  path,
  from,
})

const architectures: Record<string, string> = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' }

/** Folders of libraries on this system, and files in them that are known to be tokens'. */
function usualPlaces(platform: NodeJS.Platform, arch: string): string[] {
  const within = (folders: string[], files: string[]) =>
    folders.flatMap((folder) => files.map((file) => join(folder, file)))
  if (platform === 'win32') {
    return [
      ...within(['C:\\Program Files\\OpenSC Project\\OpenSC\\pkcs11'], ['opensc-pkcs11.dll']),
      ...within(['C:\\Program Files\\Yubico\\Yubico PIV Tool\\bin'], ['libykcs11.dll']),
      ...within(['C:\\SoftHSM2\\lib'], ['softhsm2-x64.dll']),
      ...within(['C:\\Windows\\System32'], ['eTPKCS11.dll', 'cryptoki.dll']),
      ...within(['C:\\Program Files\\SafeNet\\LunaClient'], ['cryptoki.dll']),
      ...within(['C:\\Program Files\\Amazon\\CloudHSM\\lib'], ['cloudhsm_pkcs11.dll']),
      ...within(['C:\\Program Files\\YubiHSM Shell\\bin\\pkcs11'], ['yubihsm_pkcs11.dll']),
    ]
  }
  if (platform === 'darwin') {
    return [
      '/Library/OpenSC/lib/opensc-pkcs11.so',
      ...within(
        ['/opt/homebrew/lib', '/usr/local/lib', '/opt/homebrew/lib/softhsm', '/usr/local/lib/softhsm'],
        ['libykcs11.dylib', 'libsofthsm2.so', 'opensc-pkcs11.so', 'libeTPkcs11.dylib', 'yubihsm_pkcs11.dylib'],
      ),
      '/usr/local/lib/libeToken.dylib',
    ]
  }
  const here = architectures[arch]
  const folders = ['/usr/lib64', '/usr/lib', '/usr/local/lib', ...(here ? [`/usr/lib/${here}`] : [])]
  return [
    ...within(folders, [
      'softhsm/libsofthsm2.so',
      'pkcs11/libsofthsm2.so',
      'opensc-pkcs11.so',
      'libykcs11.so',
      'pkcs11/yubihsm_pkcs11.so',
      'libtpm2_pkcs11.so.1',
      'pkcs11/libtpm2_pkcs11.so',
      'libeToken.so',
      'libeTPkcs11.so',
      'libIDPrimePKCS11.so',
      'libaetpkss.so.3',
    ]),
    '/opt/cloudhsm/lib/libcloudhsm_pkcs11.so',
    '/usr/safenet/lunaclient/lib/libCryptoki2_64.so',
    '/opt/nfast/toolkits/pkcs11/libcknfast.so',
    '/opt/utimaco/lib/libcs_pkcs11_R3.so',
  ]
}

const moduleFolders = ['/usr/share/p11-kit/modules', '/etc/pkcs11/modules', '/usr/local/share/p11-kit/modules']

/** What p11-kit was told of (its `*.module` files: `module: NAME`, in its own folder unless it is a path). */
async function fromModuleFiles(arch: string): Promise<string[]> {
  const here = architectures[arch]
  const own = [...(here ? [`/usr/lib/${here}/pkcs11`] : []), '/usr/lib64/pkcs11', '/usr/lib/pkcs11']
  const found: string[] = []
  for (const folder of moduleFolders) {
    const files = await readdir(folder).catch(() => [])
    for (const file of files.filter((name) => name.endsWith('.module'))) {
      const text = await readFile(join(folder, file), 'utf8').catch(() => '')
      const module = /^\s*module\s*:\s*(\S.*?)\s*$/m.exec(text)?.[1]
      if (module) found.push(...(isAbsolute(module) ? [module] : own.map((one) => join(one, module))))
    }
  }
  return found
}

/** Libraries of tokens that are installed here, each once, however many names lead to it. */
export async function librariesHere(platform = process.platform, arch: string = process.arch): Promise<TokenLibrary[]> {
  const places = [...usualPlaces(platform, arch), ...(platform === 'linux' ? await fromModuleFiles(arch) : [])]
  const found = new Map<string, TokenLibrary>()
  for (const path of places) {
    if (notTokens.test(path)) continue
    const there = await access(path).then(
      () => true,
      () => false,
    )
    if (!there) continue
    const real = await realpath(path)
    if (!found.has(real)) found.set(real, asLibrary(path, 'system'))
  }
  return [...found.values()]
}
