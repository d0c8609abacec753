/** Numbers of PKCS #11 (OASIS, v2.40): what is used of them here. */

export const object = { certificate: 1, publicKey: 2, privateKey: 3 } as const
export const keyType = { rsa: 0, ec: 3, ecEdwards: 0x40 } as const

export const attribute = {
  class: 0x000,
  token: 0x001,
  private: 0x002,
  label: 0x003,
  value: 0x011,
  keyType: 0x100,
  id: 0x102,
  sensitive: 0x103,
  sign: 0x108,
  verify: 0x10a,
  modulus: 0x120,
  modulusBits: 0x121,
  publicExponent: 0x122,
  publicKeyInfo: 0x129,
  extractable: 0x162,
  neverExtractable: 0x164,
  alwaysSensitive: 0x165,
  ecParams: 0x180,
  ecPoint: 0x181,
  alwaysAuthenticate: 0x202,
} as const

export const mechanism = {
  rsaMake: 0x0000,
  rsa: 0x0001,
  sha256Rsa: 0x0040,
  ecMake: 0x1040,
  ecdsa: 0x1041,
  ecdsaSha256: 0x1044,
  ecdsaSha384: 0x1045,
} as const

/** Of a mechanism. */
export const can = { sign: 0x800, makePair: 0x10000 } as const

export const tokenFlag = {
  writeProtected: 0x2,
  loginRequired: 0x4,
  pinSet: 0x8,
  pinPad: 0x100,
  initialised: 0x400,
  pinCountLow: 0x10000,
  pinFinalTry: 0x20000,
  pinLocked: 0x40000,
} as const

export const session = { readWrite: 0x2, serial: 0x4 } as const
export const user = { normal: 1, contextSpecific: 2 } as const

/** Answers of a library that mean something to a person. */
export const answer = {
  deviceMemory: 0x31,
  deviceRemoved: 0x32,
  functionCanceled: 0x50,
  functionNotSupported: 0x54,
  keySizeRange: 0x62,
  keyFunctionNotPermitted: 0x68,
  mechanismInvalid: 0x70,
  mechanismParamInvalid: 0x71,
  pinIncorrect: 0xa0,
  pinInvalid: 0xa1,
  pinLength: 0xa2,
  pinExpired: 0xa3,
  pinLocked: 0xa4,
  sessionReadOnly: 0xb5,
  templateIncomplete: 0xd0,
  templateInconsistent: 0xd1,
  tokenNotPresent: 0xe0,
  tokenNotRecognised: 0xe1,
  tokenWriteProtected: 0xe2,
  userAlreadyLoggedIn: 0x100,
  userNotLoggedIn: 0x101,
  userPinNotInitialised: 0x102,
  curveNotSupported: 0x140,
  alreadyInitialised: 0x191,
  functionRejected: 0x200,
} as const
