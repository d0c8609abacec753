/**
 * Cases of the suites whose expected verdict is another one on purpose, each with its reason. A row that no longer
 * differs fails the test.
 */
const mls = 'RCS messaging (MLS) is a use that is not asked about here, and its critical extension is not understood'
const proxy = 'proxy certificates (RFC 3820) are not taken: OpenSSL takes them only when told to'

export const exceptions: Record<string, string> = {
  'bssl::intermediate-eku-c2patimestamping/c2pamanifest':
    'signing of pictures (C2PA) is a use that is not asked about here: judged for any use',
  'bssl::intermediate-eku-mlsclientauth/mlsclientauth': mls,
  'bssl::target-eku-none/mlsclientauth': mls,
  'bssl::intermediate-eku-server-gated-crypto/sha1-eku-any':
    'an intermediate signed with SHA-1, judged in 2021, which intermediate-signed-with-sha1 of the same suite refuses',
  'ossl::accept proxy cert 2': proxy,
  'ossl::accept proxy cert missing proxy policy': proxy,
  'ossl::fail trusted Ed25519-signed self-issued X25519 cert':
    'whatever is among the roots is trusted, self-signed or not (as with -partial_chain)',
  'ossl::SM2 hex ID test': 'Node.js checks no SM2 signatures with an identifier: path.signature-unknown says so',
  'pathlen::validation-ignores-pathlen-in-leaf':
    'the leaf is a CA whose key usage is for signing certificates only, which OpenSSL refuses in a TLS server too',
  'webpki::aia': 'by the rules of the web a leaf has to say what it is for, and this one does not',
}
