import { createRequire } from 'node:module'
import { attribute, user } from './cryptoki-numbers.ts'

/** What is used of `pkcs11js`. Its own types are there only where it is installed. */
export type Template = { type: number; value?: Buffer | number | boolean | string }[]
type Handle = Buffer
export type RawToken = {
  label: string
  manufacturerID: string
  model: string
  serialNumber: string
  flags: number
  minPinLen: number
  maxPinLen: number
}
type Pkcs11 = {
  load(path: string): void
  C_Initialize(): void
  C_GetSlotList(present: boolean): Handle[]
  C_GetTokenInfo(slot: Handle): RawToken
  C_GetMechanismList(slot: Handle): number[]
  C_GetMechanismInfo(slot: Handle, kind: number): { minKeySize: number; maxKeySize: number; flags: number }
  C_OpenSession(slot: Handle, flags: number): Handle
  C_CloseSession(session: Handle): void
  C_Login(session: Handle, who: number, pin?: string): void
  C_Logout(session: Handle): void
  C_FindObjectsInit(session: Handle, template: Template): void
  C_FindObjects(session: Handle, most: number): Handle[]
  C_FindObjectsFinal(session: Handle): void
  C_GetAttributeValue(session: Handle, object: Handle, template: Template): { value: Buffer }[]
  C_SetAttributeValue(session: Handle, object: Handle, template: Template): void
  C_DestroyObject(session: Handle, object: Handle): void
  C_GenerateKeyPair(
    session: Handle,
    how: { mechanism: number },
    open: Template,
    secret: Template,
  ): { publicKey: Handle; privateKey: Handle }
  C_SignInit(session: Handle, how: { mechanism: number }, key: Handle): void
  C_Sign(session: Handle, data: Buffer, room: Buffer): Buffer
}
export type Slot = Handle
export type Session = Handle
export type Thing = Handle

/** The library said no; `code` is its answer (CKR_…), `name` its name where pkcs11js knows it. */
export class Refused extends Error {
  readonly code: number
  readonly answerName: string
  constructor(code: number, answerName: string) {
    super(answerName)
    this.code = code
    this.answerName = answerName
  }
}

/** The module does not load: built for another system, or not built at all. */
export class ModuleBroken extends Error {}
/** The library does not load. `says` is the loader’s own word, for telling why apart; it goes no further. */
export class LibraryBroken extends Error {}

const enough = 1000
const longestSignature = 1024

function heed<T>(call: () => T): T {
  try {
    return call()
  } catch (error) {
    const { code, message } = error as { code?: unknown; message?: string }
    if (typeof code === 'number' && code > 0) throw new Refused(code, String(message).slice(0, 60))
    throw error
  }
}

/** The fence around `pkcs11js`: one library of PKCS #11, loaded and initialised. Calls block this process. */
export function openCryptoki(module: string, library: string) {
  let cryptoki: Pkcs11
  try {
    const { PKCS11 } = createRequire(import.meta.url)(module) as { PKCS11: new () => Pkcs11 }
    cryptoki = new PKCS11()
  } catch {
    throw new ModuleBroken()
  }
  try {
    cryptoki.load(library)
  } catch (error) {
    throw new LibraryBroken(error instanceof Error ? error.message : '')
  }
  heed(() => cryptoki.C_Initialize())

  const find = (session: Session, template: Template): Thing[] =>
    heed(() => {
      cryptoki.C_FindObjectsInit(session, template)
      try {
        const found: Thing[] = []
        while (found.length < enough) {
          const more = cryptoki.C_FindObjects(session, 100)
          if (more.length === 0) break
          found.push(...more)
        }
        return found
      } finally {
        cryptoki.C_FindObjectsFinal(session)
      }
    })

  /** One attribute; `undefined` when the object has none, or the library does not know it. */
  const read = (session: Session, thing: Thing, type: number): Buffer | undefined => {
    try {
      const value = cryptoki.C_GetAttributeValue(session, thing, [{ type }])[0]?.value
      return value && Buffer.isBuffer(value) ? value : undefined
    } catch {
      return undefined
    }
  }
  const number = (session: Session, thing: Thing, type: number): number | undefined => {
    const value = read(session, thing, type)
    // A CK_ULONG: four octets on Windows, eight elsewhere, in the machine’s own order.
    return value && value.length >= 4 ? value.readUInt32LE(0) : undefined
  }

  return {
    slots: () => heed(() => cryptoki.C_GetSlotList(true)),
    token: (slot: Slot) => heed(() => cryptoki.C_GetTokenInfo(slot)),
    mechanisms: (slot: Slot) => heed(() => cryptoki.C_GetMechanismList(slot)),
    mechanism: (slot: Slot, kind: number) => heed(() => cryptoki.C_GetMechanismInfo(slot, kind)),
    open: (slot: Slot, flags: number) => heed(() => cryptoki.C_OpenSession(slot, flags)),
    close: (session: Session) => heed(() => cryptoki.C_CloseSession(session)),
    login: (session: Session, pin: string | null) =>
      heed(() => (pin === null ? cryptoki.C_Login(session, user.normal) : cryptoki.C_Login(session, user.normal, pin))),
    logout: (session: Session) => heed(() => cryptoki.C_Logout(session)),
    find,
    read,
    number,
    truth: (session: Session, thing: Thing, type: number) => read(session, thing, type)?.[0] === 1,
    rename: (session: Session, thing: Thing, id: Buffer) =>
      heed(() => cryptoki.C_SetAttributeValue(session, thing, [{ type: attribute.id, value: id }])),
    destroy: (session: Session, thing: Thing) => heed(() => cryptoki.C_DestroyObject(session, thing)),
    makePair: (session: Session, kind: number, open: Template, secret: Template) =>
      heed(() => cryptoki.C_GenerateKeyPair(session, { mechanism: kind }, open, secret)),
    /** `pinAgain`: for keys that want it before each signature. */
    sign: (session: Session, kind: number, key: Thing, data: Buffer, pinAgain?: string | null) =>
      heed(() => {
        cryptoki.C_SignInit(session, { mechanism: kind }, key)
        if (pinAgain === null) cryptoki.C_Login(session, user.contextSpecific)
        else if (pinAgain !== undefined) cryptoki.C_Login(session, user.contextSpecific, pinAgain)
        return cryptoki.C_Sign(session, data, Buffer.alloc(longestSignature))
      }),
  }
}

export type Cryptoki = ReturnType<typeof openCryptoki>
