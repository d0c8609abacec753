/** A `pkcs11:` URI in place of a file. */
export const isTokenKey = (key: string | undefined): key is string => key?.startsWith('pkcs11:') === true
