/**
 * Names of algorithms and curves, as OpenSSL 3.0 spells them, and of the newer ones as OpenSSL 3.5 does.
 * A line is `oid short-name`, then the long name where it differs.
 */
export const algorithmNames = `
1.2.156.10197 oscca
1.2.156.10197.1 sm-scheme
1.2.156.10197.1.104.1 SM4-ECB sm4-ecb
1.2.156.10197.1.104.2 SM4-CBC sm4-cbc
1.2.156.10197.1.104.3 SM4-OFB sm4-ofb
1.2.156.10197.1.104.4 SM4-CFB sm4-cfb
1.2.156.10197.1.104.5 SM4-CFB1 sm4-cfb1
1.2.156.10197.1.104.6 SM4-CFB8 sm4-cfb8
1.2.156.10197.1.104.7 SM4-CTR sm4-ctr
1.2.156.10197.1.301 SM2 sm2
1.2.156.10197.1.401 SM3 sm3
1.2.156.10197.1.501 SM2-SM3 SM2-with-SM3
1.2.156.10197.1.504 RSA-SM3 sm3WithRSAEncryption
1.2.643.2.2 cryptopro
1.2.643.2.2.3 id-GostR3411-94-with-GostR3410-2001 GOST R 34.11-94 with GOST R 34.10-2001
1.2.643.2.2.4 id-GostR3411-94-with-GostR3410-94 GOST R 34.11-94 with GOST R 34.10-94
1.2.643.2.2.9 md_gost94 GOST R 34.11-94
1.2.643.2.2.10 id-HMACGostR3411-94 HMAC GOST 34.11-94
1.2.643.2.2.19 gost2001 GOST R 34.10-2001
1.2.643.2.2.20 gost94 GOST R 34.10-94
1.2.643.2.2.20.1 id-GostR3410-94-a
1.2.643.2.2.20.2 id-GostR3410-94-aBis
1.2.643.2.2.20.3 id-GostR3410-94-b
1.2.643.2.2.20.4 id-GostR3410-94-bBis
1.2.643.2.2.21 gost89 GOST 28147-89
1.2.643.2.2.22 gost-mac GOST 28147-89 MAC
1.2.643.2.2.23 prf-gostr3411-94 GOST R 34.11-94 PRF
1.2.643.2.2.35.0 id-GostR3410-2001-TestParamSet
1.2.643.2.2.35.1 id-GostR3410-2001-CryptoPro-A-ParamSet
1.2.643.2.2.35.2 id-GostR3410-2001-CryptoPro-B-ParamSet
1.2.643.2.2.35.3 id-GostR3410-2001-CryptoPro-C-ParamSet
1.2.643.2.2.36.0 id-GostR3410-2001-CryptoPro-XchA-ParamSet
1.2.643.2.2.36.1 id-GostR3410-2001-CryptoPro-XchB-ParamSet
1.2.643.2.2.98 id-GostR3410-2001DH GOST R 34.10-2001 DH
1.2.643.2.2.99 id-GostR3410-94DH GOST R 34.10-94 DH
1.2.643.7.1.1.1 id-tc26-sign
1.2.643.7.1.1.1.1 gost2012_256 GOST R 34.10-2012 with 256 bit modulus
1.2.643.7.1.1.1.2 gost2012_512 GOST R 34.10-2012 with 512 bit modulus
1.2.643.7.1.1.2 id-tc26-digest
1.2.643.7.1.1.2.2 md_gost12_256 GOST R 34.11-2012 with 256 bit hash
1.2.643.7.1.1.2.3 md_gost12_512 GOST R 34.11-2012 with 512 bit hash
1.2.643.7.1.1.3 id-tc26-signwithdigest
1.2.643.7.1.1.3.2 id-tc26-signwithdigest-gost3410-2012-256 GOST R 34.10-2012 with GOST R 34.11-2012 (256 bit)
1.2.643.7.1.1.3.3 id-tc26-signwithdigest-gost3410-2012-512 GOST R 34.10-2012 with GOST R 34.11-2012 (512 bit)
1.2.643.7.1.2 id-tc26-constants
1.2.643.7.1.2.1 id-tc26-sign-constants
1.2.643.7.1.2.1.1 id-tc26-gost-3410-2012-256-constants
1.2.643.7.1.2.1.1.1 id-tc26-gost-3410-2012-256-paramSetA GOST R 34.10-2012 (256 bit) ParamSet A
1.2.643.7.1.2.1.1.2 id-tc26-gost-3410-2012-256-paramSetB GOST R 34.10-2012 (256 bit) ParamSet B
1.2.643.7.1.2.1.1.3 id-tc26-gost-3410-2012-256-paramSetC GOST R 34.10-2012 (256 bit) ParamSet C
1.2.643.7.1.2.1.1.4 id-tc26-gost-3410-2012-256-paramSetD GOST R 34.10-2012 (256 bit) ParamSet D
1.2.643.7.1.2.1.2 id-tc26-gost-3410-2012-512-constants
1.2.643.7.1.2.1.2.0 id-tc26-gost-3410-2012-512-paramSetTest GOST R 34.10-2012 (512 bit) testing parameter set
1.2.643.7.1.2.1.2.1 id-tc26-gost-3410-2012-512-paramSetA GOST R 34.10-2012 (512 bit) ParamSet A
1.2.643.7.1.2.1.2.2 id-tc26-gost-3410-2012-512-paramSetB GOST R 34.10-2012 (512 bit) ParamSet B
1.2.643.7.1.2.1.2.3 id-tc26-gost-3410-2012-512-paramSetC GOST R 34.10-2012 (512 bit) ParamSet C
1.2.643.7.1.2.2 id-tc26-digest-constants
1.2.643.7.1.2.5 id-tc26-cipher-constants
1.2.643.7.1.2.5.1 id-tc26-gost-28147-constants
1.2.643.7.1.2.5.1.1 id-tc26-gost-28147-param-Z GOST 28147-89 TC26 parameter set
1.2.840.10040 X9-57 X9.57
1.2.840.10040.2.1 holdInstructionNone Hold Instruction None
1.2.840.10040.2.2 holdInstructionCallIssuer Hold Instruction Call Issuer
1.2.840.10040.2.3 holdInstructionReject Hold Instruction Reject
1.2.840.10040.4 X9cm X9.57 CM ?
1.2.840.10040.4.1 DSA dsaEncryption
1.2.840.10040.4.3 DSA-SHA1 dsaWithSHA1
1.2.840.10045 ansi-X9-62 ANSI X9.62
1.2.840.10045.1.1 prime-field
1.2.840.10045.1.2 characteristic-two-field
1.2.840.10045.1.2.3 id-characteristic-two-basis
1.2.840.10045.1.2.3.1 onBasis
1.2.840.10045.1.2.3.2 tpBasis
1.2.840.10045.1.2.3.3 ppBasis
1.2.840.10045.2.1 id-ecPublicKey
1.2.840.10045.3.0.1 c2pnb163v1
1.2.840.10045.3.0.2 c2pnb163v2
1.2.840.10045.3.0.3 c2pnb163v3
1.2.840.10045.3.0.4 c2pnb176v1
1.2.840.10045.3.0.5 c2tnb191v1
1.2.840.10045.3.0.6 c2tnb191v2
1.2.840.10045.3.0.7 c2tnb191v3
1.2.840.10045.3.0.8 c2onb191v4
1.2.840.10045.3.0.9 c2onb191v5
1.2.840.10045.3.0.10 c2pnb208w1
1.2.840.10045.3.0.11 c2tnb239v1
1.2.840.10045.3.0.12 c2tnb239v2
1.2.840.10045.3.0.13 c2tnb239v3
1.2.840.10045.3.0.14 c2onb239v4
1.2.840.10045.3.0.15 c2onb239v5
1.2.840.10045.3.0.16 c2pnb272w1
1.2.840.10045.3.0.17 c2pnb304w1
1.2.840.10045.3.0.18 c2tnb359v1
1.2.840.10045.3.0.19 c2pnb368w1
1.2.840.10045.3.0.20 c2tnb431r1
1.2.840.10045.3.1.1 prime192v1
1.2.840.10045.3.1.2 prime192v2
1.2.840.10045.3.1.3 prime192v3
1.2.840.10045.3.1.4 prime239v1
1.2.840.10045.3.1.5 prime239v2
1.2.840.10045.3.1.6 prime239v3
1.2.840.10045.3.1.7 prime256v1
1.2.840.10045.4.1 ecdsa-with-SHA1
1.2.840.10045.4.2 ecdsa-with-Recommended
1.2.840.10045.4.3 ecdsa-with-Specified
1.2.840.10045.4.3.1 ecdsa-with-SHA224
1.2.840.10045.4.3.2 ecdsa-with-SHA256
1.2.840.10045.4.3.3 ecdsa-with-SHA384
1.2.840.10045.4.3.4 ecdsa-with-SHA512
1.2.840.10046.2.1 dhpublicnumber X9.42 DH
1.2.840.113549.1.1 pkcs1
1.2.840.113549.1.1.1 rsaEncryption
1.2.840.113549.1.1.2 RSA-MD2 md2WithRSAEncryption
1.2.840.113549.1.1.3 RSA-MD4 md4WithRSAEncryption
1.2.840.113549.1.1.4 RSA-MD5 md5WithRSAEncryption
1.2.840.113549.1.1.5 RSA-SHA1 sha1WithRSAEncryption
1.2.840.113549.1.1.6 rsaOAEPEncryptionSET
1.2.840.113549.1.1.7 RSAES-OAEP rsaesOaep
1.2.840.113549.1.1.8 MGF1 mgf1
1.2.840.113549.1.1.9 PSPECIFIED pSpecified
1.2.840.113549.1.1.10 RSASSA-PSS rsassaPss
1.2.840.113549.1.1.11 RSA-SHA256 sha256WithRSAEncryption
1.2.840.113549.1.1.12 RSA-SHA384 sha384WithRSAEncryption
1.2.840.113549.1.1.13 RSA-SHA512 sha512WithRSAEncryption
1.2.840.113549.1.1.14 RSA-SHA224 sha224WithRSAEncryption
1.2.840.113549.1.1.15 RSA-SHA512/224 sha512-224WithRSAEncryption
1.2.840.113549.1.1.16 RSA-SHA512/256 sha512-256WithRSAEncryption
1.2.840.113549.1.3 pkcs3
1.2.840.113549.1.3.1 dhKeyAgreement
1.2.840.113549.1.5 pkcs5
1.2.840.113549.1.5.1 PBE-MD2-DES pbeWithMD2AndDES-CBC
1.2.840.113549.1.5.3 PBE-MD5-DES pbeWithMD5AndDES-CBC
1.2.840.113549.1.5.4 PBE-MD2-RC2-64 pbeWithMD2AndRC2-CBC
1.2.840.113549.1.5.6 PBE-MD5-RC2-64 pbeWithMD5AndRC2-CBC
1.2.840.113549.1.5.10 PBE-SHA1-DES pbeWithSHA1AndDES-CBC
1.2.840.113549.1.5.11 PBE-SHA1-RC2-64 pbeWithSHA1AndRC2-CBC
1.2.840.113549.1.5.12 PBKDF2
1.2.840.113549.1.5.13 PBES2
1.2.840.113549.1.5.14 PBMAC1
1.2.840.113549.1.7 pkcs7
1.2.840.113549.1.7.1 pkcs7-data
1.2.840.113549.1.7.2 pkcs7-signedData
1.2.840.113549.1.7.3 pkcs7-envelopedData
1.2.840.113549.1.7.4 pkcs7-signedAndEnvelopedData
1.2.840.113549.1.7.5 pkcs7-digestData
1.2.840.113549.1.7.6 pkcs7-encryptedData
1.2.840.113549.1.12.1.1 PBE-SHA1-RC4-128 pbeWithSHA1And128BitRC4
1.2.840.113549.1.12.1.2 PBE-SHA1-RC4-40 pbeWithSHA1And40BitRC4
1.2.840.113549.1.12.1.3 PBE-SHA1-3DES pbeWithSHA1And3-KeyTripleDES-CBC
1.2.840.113549.1.12.1.4 PBE-SHA1-2DES pbeWithSHA1And2-KeyTripleDES-CBC
1.2.840.113549.1.12.1.5 PBE-SHA1-RC2-128 pbeWithSHA1And128BitRC2-CBC
1.2.840.113549.1.12.1.6 PBE-SHA1-RC2-40 pbeWithSHA1And40BitRC2-CBC
1.2.840.113549.1.12.10.1.1 keyBag
1.2.840.113549.1.12.10.1.2 pkcs8ShroudedKeyBag
1.2.840.113549.1.12.10.1.3 certBag
1.2.840.113549.1.12.10.1.4 crlBag
1.2.840.113549.1.12.10.1.5 secretBag
1.2.840.113549.1.12.10.1.6 safeContentsBag
1.2.840.113549.2.2 MD2 md2
1.2.840.113549.2.4 MD4 md4
1.2.840.113549.2.5 MD5 md5
1.2.840.113549.2.6 hmacWithMD5
1.2.840.113549.2.7 hmacWithSHA1
1.2.840.113549.2.8 hmacWithSHA224
1.2.840.113549.2.9 hmacWithSHA256
1.2.840.113549.2.10 hmacWithSHA384
1.2.840.113549.2.11 hmacWithSHA512
1.2.840.113549.2.12 hmacWithSHA512-224
1.2.840.113549.2.13 hmacWithSHA512-256
1.2.840.113549.3.2 RC2-CBC rc2-cbc
1.2.840.113549.3.4 RC4 rc4
1.2.840.113549.3.7 DES-EDE3-CBC des-ede3-cbc
1.2.840.113549.3.8 RC5-CBC rc5-cbc
1.2.840.113549.3.10 DES-CDMF des-cdmf
1.3.14.3.2 algorithm
1.3.14.3.2.3 RSA-NP-MD5 md5WithRSA
1.3.14.3.2.6 DES-ECB des-ecb
1.3.14.3.2.7 DES-CBC des-cbc
1.3.14.3.2.8 DES-OFB des-ofb
1.3.14.3.2.9 DES-CFB des-cfb
1.3.14.3.2.11 rsaSignature
1.3.14.3.2.12 DSA-old dsaEncryption-old
1.3.14.3.2.13 DSA-SHA dsaWithSHA
1.3.14.3.2.15 RSA-SHA shaWithRSAEncryption
1.3.14.3.2.17 DES-EDE des-ede
1.3.14.3.2.18 SHA sha
1.3.14.3.2.26 SHA1 sha1
1.3.14.3.2.27 DSA-SHA1-old dsaWithSHA1-old
1.3.14.3.2.29 RSA-SHA1-2 sha1WithRSA
1.3.36.3.3.2.8.1.1.1 brainpoolP160r1
1.3.36.3.3.2.8.1.1.2 brainpoolP160t1
1.3.36.3.3.2.8.1.1.3 brainpoolP192r1
1.3.36.3.3.2.8.1.1.4 brainpoolP192t1
1.3.36.3.3.2.8.1.1.5 brainpoolP224r1
1.3.36.3.3.2.8.1.1.6 brainpoolP224t1
1.3.36.3.3.2.8.1.1.7 brainpoolP256r1
1.3.36.3.3.2.8.1.1.8 brainpoolP256t1
1.3.36.3.3.2.8.1.1.9 brainpoolP320r1
1.3.36.3.3.2.8.1.1.10 brainpoolP320t1
1.3.36.3.3.2.8.1.1.11 brainpoolP384r1
1.3.36.3.3.2.8.1.1.12 brainpoolP384t1
1.3.36.3.3.2.8.1.1.13 brainpoolP512r1
1.3.36.3.3.2.8.1.1.14 brainpoolP512t1
1.3.101.1.4.1 SXNetID Strong Extranet ID
1.3.101.110 X25519
1.3.101.111 X448
1.3.101.112 ED25519
1.3.101.113 ED448
1.3.132.0.1 sect163k1
1.3.132.0.2 sect163r1
1.3.132.0.3 sect239k1
1.3.132.0.4 sect113r1
1.3.132.0.5 sect113r2
1.3.132.0.6 secp112r1
1.3.132.0.7 secp112r2
1.3.132.0.8 secp160r1
1.3.132.0.9 secp160k1
1.3.132.0.10 secp256k1
1.3.132.0.15 sect163r2
1.3.132.0.16 sect283k1
1.3.132.0.17 sect283r1
1.3.132.0.22 sect131r1
1.3.132.0.23 sect131r2
1.3.132.0.24 sect193r1
1.3.132.0.25 sect193r2
1.3.132.0.26 sect233k1
1.3.132.0.27 sect233r1
1.3.132.0.28 secp128r1
1.3.132.0.29 secp128r2
1.3.132.0.30 secp160r2
1.3.132.0.31 secp192k1
1.3.132.0.32 secp224k1
1.3.132.0.33 secp224r1
1.3.132.0.34 secp384r1
1.3.132.0.35 secp521r1
1.3.132.0.36 sect409k1
1.3.132.0.37 sect409r1
1.3.132.0.38 sect571k1
1.3.132.0.39 sect571r1
2.5.8 X500algorithms directory services - algorithms
2.5.8.1.1 RSA rsa
2.5.8.3.100 RSA-MDC2 mdc2WithRSA
2.5.8.3.101 MDC2 mdc2
2.16.840.1.101.3.4.1.1 AES-128-ECB aes-128-ecb
2.16.840.1.101.3.4.1.2 AES-128-CBC aes-128-cbc
2.16.840.1.101.3.4.1.3 AES-128-OFB aes-128-ofb
2.16.840.1.101.3.4.1.4 AES-128-CFB aes-128-cfb
2.16.840.1.101.3.4.1.5 id-aes128-wrap
2.16.840.1.101.3.4.1.6 id-aes128-GCM aes-128-gcm
2.16.840.1.101.3.4.1.7 id-aes128-CCM aes-128-ccm
2.16.840.1.101.3.4.1.8 id-aes128-wrap-pad
2.16.840.1.101.3.4.1.21 AES-192-ECB aes-192-ecb
2.16.840.1.101.3.4.1.22 AES-192-CBC aes-192-cbc
2.16.840.1.101.3.4.1.23 AES-192-OFB aes-192-ofb
2.16.840.1.101.3.4.1.24 AES-192-CFB aes-192-cfb
2.16.840.1.101.3.4.1.25 id-aes192-wrap
2.16.840.1.101.3.4.1.26 id-aes192-GCM aes-192-gcm
2.16.840.1.101.3.4.1.27 id-aes192-CCM aes-192-ccm
2.16.840.1.101.3.4.1.28 id-aes192-wrap-pad
2.16.840.1.101.3.4.1.41 AES-256-ECB aes-256-ecb
2.16.840.1.101.3.4.1.42 AES-256-CBC aes-256-cbc
2.16.840.1.101.3.4.1.43 AES-256-OFB aes-256-ofb
2.16.840.1.101.3.4.1.44 AES-256-CFB aes-256-cfb
2.16.840.1.101.3.4.1.45 id-aes256-wrap
2.16.840.1.101.3.4.1.46 id-aes256-GCM aes-256-gcm
2.16.840.1.101.3.4.1.47 id-aes256-CCM aes-256-ccm
2.16.840.1.101.3.4.1.48 id-aes256-wrap-pad
2.16.840.1.101.3.4.2.1 SHA256 sha256
2.16.840.1.101.3.4.2.2 SHA384 sha384
2.16.840.1.101.3.4.2.3 SHA512 sha512
2.16.840.1.101.3.4.2.4 SHA224 sha224
2.16.840.1.101.3.4.2.5 SHA512-224 sha512-224
2.16.840.1.101.3.4.2.6 SHA512-256 sha512-256
2.16.840.1.101.3.4.2.7 SHA3-224 sha3-224
2.16.840.1.101.3.4.2.8 SHA3-256 sha3-256
2.16.840.1.101.3.4.2.9 SHA3-384 sha3-384
2.16.840.1.101.3.4.2.10 SHA3-512 sha3-512
2.16.840.1.101.3.4.2.11 SHAKE128 shake128
2.16.840.1.101.3.4.2.12 SHAKE256 shake256
2.16.840.1.101.3.4.2.13 id-hmacWithSHA3-224 hmac-sha3-224
2.16.840.1.101.3.4.2.14 id-hmacWithSHA3-256 hmac-sha3-256
2.16.840.1.101.3.4.2.15 id-hmacWithSHA3-384 hmac-sha3-384
2.16.840.1.101.3.4.2.16 id-hmacWithSHA3-512 hmac-sha3-512
2.16.840.1.101.3.4.2.19 KMAC128 kmac128
2.16.840.1.101.3.4.2.20 KMAC256 kmac256
2.16.840.1.101.3.4.3.1 dsa_with_SHA224
2.16.840.1.101.3.4.3.2 dsa_with_SHA256
2.16.840.1.101.3.4.3.3 id-dsa-with-sha384 dsa_with_SHA384
2.16.840.1.101.3.4.3.4 id-dsa-with-sha512 dsa_with_SHA512
2.16.840.1.101.3.4.3.5 id-dsa-with-sha3-224 dsa_with_SHA3-224
2.16.840.1.101.3.4.3.6 id-dsa-with-sha3-256 dsa_with_SHA3-256
2.16.840.1.101.3.4.3.7 id-dsa-with-sha3-384 dsa_with_SHA3-384
2.16.840.1.101.3.4.3.8 id-dsa-with-sha3-512 dsa_with_SHA3-512
2.16.840.1.101.3.4.3.9 id-ecdsa-with-sha3-224 ecdsa_with_SHA3-224
2.16.840.1.101.3.4.3.10 id-ecdsa-with-sha3-256 ecdsa_with_SHA3-256
2.16.840.1.101.3.4.3.11 id-ecdsa-with-sha3-384 ecdsa_with_SHA3-384
2.16.840.1.101.3.4.3.12 id-ecdsa-with-sha3-512 ecdsa_with_SHA3-512
2.16.840.1.101.3.4.3.13 id-rsassa-pkcs1-v1_5-with-sha3-224 RSA-SHA3-224
2.16.840.1.101.3.4.3.14 id-rsassa-pkcs1-v1_5-with-sha3-256 RSA-SHA3-256
2.16.840.1.101.3.4.3.15 id-rsassa-pkcs1-v1_5-with-sha3-384 RSA-SHA3-384
2.16.840.1.101.3.4.3.16 id-rsassa-pkcs1-v1_5-with-sha3-512 RSA-SHA3-512
2.16.840.1.101.3.4.3.17 id-ml-dsa-44 ML-DSA-44
2.16.840.1.101.3.4.3.18 id-ml-dsa-65 ML-DSA-65
2.16.840.1.101.3.4.3.19 id-ml-dsa-87 ML-DSA-87
2.16.840.1.101.3.4.3.20 id-slh-dsa-sha2-128s SLH-DSA-SHA2-128s
2.16.840.1.101.3.4.3.21 id-slh-dsa-sha2-128f SLH-DSA-SHA2-128f
2.16.840.1.101.3.4.3.22 id-slh-dsa-sha2-192s SLH-DSA-SHA2-192s
2.16.840.1.101.3.4.3.23 id-slh-dsa-sha2-192f SLH-DSA-SHA2-192f
2.16.840.1.101.3.4.3.24 id-slh-dsa-sha2-256s SLH-DSA-SHA2-256s
2.16.840.1.101.3.4.3.25 id-slh-dsa-sha2-256f SLH-DSA-SHA2-256f
2.16.840.1.101.3.4.3.26 id-slh-dsa-shake-128s SLH-DSA-SHAKE-128s
2.16.840.1.101.3.4.3.27 id-slh-dsa-shake-128f SLH-DSA-SHAKE-128f
2.16.840.1.101.3.4.3.28 id-slh-dsa-shake-192s SLH-DSA-SHAKE-192s
2.16.840.1.101.3.4.3.29 id-slh-dsa-shake-192f SLH-DSA-SHAKE-192f
2.16.840.1.101.3.4.3.30 id-slh-dsa-shake-256s SLH-DSA-SHAKE-256s
2.16.840.1.101.3.4.3.31 id-slh-dsa-shake-256f SLH-DSA-SHAKE-256f
2.16.840.1.101.3.4.4.1 id-alg-ml-kem-512 ML-KEM-512
2.16.840.1.101.3.4.4.2 id-alg-ml-kem-768 ML-KEM-768
2.16.840.1.101.3.4.4.3 id-alg-ml-kem-1024 ML-KEM-1024`
