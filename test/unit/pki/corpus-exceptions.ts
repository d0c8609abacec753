/**
 * Where this reader and the tools behind the corpus's index differ. By file, then by fact: the reason. `read` stands for
 * “read here, refused by the OpenSSL 3.0 command”. A row that no longer differs fails the test.
 */
const message = 'an encrypted message, shown as such; OpenSSL was asked for a certificate'

export const exceptions: Record<string, Record<string, string>> = {
  'certificates/bssl__parse-subject_t61string_actual.pem': {
    read: 'a colon after the END line; the certificate is whole, and the authors of the file accept it',
  },
  'hostile/bssl__fuzz-pkcs8-e0a0b34deb64.der': { read: 'an EC key whose point does not fit: shown, never used' },
  'hostile/bssl__fuzz-privkey-7508d58d4f00.der': { read: 'an EC key with odd content: shown, never used' },
  'hostile/bssl__wycheproof-ecdh_secp384r1-tc870.der': {
    problem: 'a key with foreign values between its parts, which its authors call invalid',
  },
  'hostile/ossl__cms-dh-malformed.der': { read: message },
  'hostile/ossl__cms-ecdh-malformed.der': { read: message },
  'hostile/step__pemutil-openssh.p256.pub.pem': { read: 'an OpenSSH public key, which OpenSSL does not read' },
  'keys/go__x509test-L1328.pem': { read: 'a key under the label TEST KEY: decided by its content' },
  'keys/ossl__testrsa.pvk': { encrypted: 'the index calls it open, but OpenSSL needs its passphrase' },
  'keys/pv__crypto-L310.der': {
    spkiSha256:
      'OpenSSL wrote the RSA-PSS parameters anew before it took the digest; here it is of the bytes as they are',
  },
  'keys/pyca__DER_Serialization-dsa_public_key_invalid_bit_string.der': {
    spkiSha256: 'OpenSSL mended the unused bits before it took the digest; here it is of the bytes as they are',
  },
  'keys/pyca__PKCS8-withdompar_private.pkcs8.pem': { read: 'an EC key on a curve that has no name' },
  'pkcs7/bssl__p7-sign_sha1_key_id.p7s': { read: 'CMS with key identifiers: `openssl cms` reads it' },
  'pkcs7/ossl__cms-ciphertext_from_1_1_1.cms': { read: 'a mail with its base64: what is attached is read' },
}
