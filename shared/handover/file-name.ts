/** Names that Windows keeps for devices, with any extension. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)$/i

/** A file name (without extension) that every system takes, made from an identity's name: `Acme live` → `acme-live`. */
export function fileNameOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '')
  return plain === '' || devices.test(plain) ? `identity${plain && `-${plain}`}` : plain
}

/** The file, beside certificate and key, with the authorities that vouch for the provider's servers. */
export const serverCaFileOf = (fileName: string): string => `${fileName}.server-ca.pem`
