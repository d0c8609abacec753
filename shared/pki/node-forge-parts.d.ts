// The three parts of node-forge that are used, typed here: its own types bring in all of Node's, which shared/ may not see.
declare module 'node-forge/lib/forge.js' {
  export type ByteBuffer = { getBytes(): string; length(): number }
  type Cipher = {
    start(iv: { iv: string }): void
    update(input: ByteBuffer): void
    finish(pad: () => boolean): boolean
    output: ByteBuffer
  }
  type Rc2Cipher = {
    start(iv: string): void
    update(input: ByteBuffer): void
    finish(pad: () => boolean): boolean
    output: ByteBuffer
  }
  const forge: {
    cipher: {
      createCipher(algorithm: 'DES-CBC' | '3DES-CBC', key: string): Cipher
      createDecipher(algorithm: 'DES-CBC' | '3DES-CBC', key: string): Cipher
    }
    rc2: { createDecryptionCipher(key: string, effectiveBits: number): Rc2Cipher }
    util: { createBuffer(octets: string): ByteBuffer }
  }
  export default forge
}
declare module 'node-forge/lib/des.js'
declare module 'node-forge/lib/rc2.js'
