/**
 * Names of attributes, extensions and purposes, as OpenSSL 3.0 spells them: scripts compare with its output.
 * A line is `oid short-name`, then the long name where it differs.
 */
export const attributeNames = `
0.9.2342.19200300.100.1.1 UID userId
0.9.2342.19200300.100.1.2 textEncodedORAddress
0.9.2342.19200300.100.1.3 mail rfc822Mailbox
0.9.2342.19200300.100.1.4 info
0.9.2342.19200300.100.1.5 favouriteDrink
0.9.2342.19200300.100.1.6 roomNumber
0.9.2342.19200300.100.1.7 photo
0.9.2342.19200300.100.1.8 userClass
0.9.2342.19200300.100.1.9 host
0.9.2342.19200300.100.1.10 manager
0.9.2342.19200300.100.1.11 documentIdentifier
0.9.2342.19200300.100.1.12 documentTitle
0.9.2342.19200300.100.1.13 documentVersion
0.9.2342.19200300.100.1.14 documentAuthor
0.9.2342.19200300.100.1.15 documentLocation
0.9.2342.19200300.100.1.20 homeTelephoneNumber
0.9.2342.19200300.100.1.21 secretary
0.9.2342.19200300.100.1.22 otherMailbox
0.9.2342.19200300.100.1.23 lastModifiedTime
0.9.2342.19200300.100.1.24 lastModifiedBy
0.9.2342.19200300.100.1.25 DC domainComponent
0.9.2342.19200300.100.1.26 aRecord
0.9.2342.19200300.100.1.27 pilotAttributeType27
0.9.2342.19200300.100.1.28 mXRecord
0.9.2342.19200300.100.1.29 nSRecord
0.9.2342.19200300.100.1.30 sOARecord
0.9.2342.19200300.100.1.31 cNAMERecord
0.9.2342.19200300.100.1.37 associatedDomain
0.9.2342.19200300.100.1.38 associatedName
0.9.2342.19200300.100.1.39 homePostalAddress
0.9.2342.19200300.100.1.40 personalTitle
0.9.2342.19200300.100.1.41 mobileTelephoneNumber
0.9.2342.19200300.100.1.42 pagerTelephoneNumber
0.9.2342.19200300.100.1.43 friendlyCountryName
0.9.2342.19200300.100.1.44 uid uniqueIdentifier
0.9.2342.19200300.100.1.45 organizationalStatus
0.9.2342.19200300.100.1.46 janetMailbox
0.9.2342.19200300.100.1.47 mailPreferenceOption
0.9.2342.19200300.100.1.48 buildingName
0.9.2342.19200300.100.1.49 dSAQuality
0.9.2342.19200300.100.1.50 singleLevelQuality
0.9.2342.19200300.100.1.51 subtreeMinimumQuality
0.9.2342.19200300.100.1.52 subtreeMaximumQuality
0.9.2342.19200300.100.1.53 personalSignature
0.9.2342.19200300.100.1.54 dITRedirect
0.9.2342.19200300.100.1.55 audio
0.9.2342.19200300.100.1.56 documentPublisher
1.2.643.3.131.1.1 INN
1.2.643.100.1 OGRN
1.2.643.100.3 SNILS
1.2.643.100.5 OGRNIP
1.2.643.100.111 subjectSignTool Signing Tool of Subject
1.2.643.100.112 issuerSignTool Signing Tool of Issuer
1.2.643.100.113 classSignTool Class of Signing Tool
1.2.643.100.113.1 classSignToolKC1 Class of Signing Tool KC1
1.2.643.100.113.2 classSignToolKC2 Class of Signing Tool KC2
1.2.643.100.113.3 classSignToolKC3 Class of Signing Tool KC3
1.2.643.100.113.4 classSignToolKB1 Class of Signing Tool KB1
1.2.643.100.113.5 classSignToolKB2 Class of Signing Tool KB2
1.2.643.100.113.6 classSignToolKA1 Class of Signing Tool KA1
1.2.840.113549.1.9 pkcs9
1.2.840.113549.1.9.1 emailAddress
1.2.840.113549.1.9.2 unstructuredName
1.2.840.113549.1.9.3 contentType
1.2.840.113549.1.9.4 messageDigest
1.2.840.113549.1.9.5 signingTime
1.2.840.113549.1.9.6 countersignature
1.2.840.113549.1.9.7 challengePassword
1.2.840.113549.1.9.8 unstructuredAddress
1.2.840.113549.1.9.9 extendedCertificateAttributes
1.2.840.113549.1.9.14 extReq Extension Request
1.2.840.113549.1.9.15 SMIME-CAPS S/MIME Capabilities
1.2.840.113549.1.9.20 friendlyName
1.2.840.113549.1.9.21 localKeyID
1.2.840.113549.1.9.22.1 x509Certificate
1.2.840.113549.1.9.22.2 sdsiCertificate
1.2.840.113549.1.9.23.1 x509Crl
1.3.6.1.4.1.311.17.1 CSPName Microsoft CSP Name
1.3.6.1.4.1.311.17.2 LocalKeySet Microsoft Local Key set
1.3.6.1.4.1.311.60.2.1.1 jurisdictionL jurisdictionLocalityName
1.3.6.1.4.1.311.60.2.1.2 jurisdictionST jurisdictionStateOrProvinceName
1.3.6.1.4.1.311.60.2.1.3 jurisdictionC jurisdictionCountryName
2.5.1.5.55 clearance
2.5.4.3 CN commonName
2.5.4.4 SN surname
2.5.4.5 serialNumber
2.5.4.6 C countryName
2.5.4.7 L localityName
2.5.4.8 ST stateOrProvinceName
2.5.4.9 street streetAddress
2.5.4.10 O organizationName
2.5.4.11 OU organizationalUnitName
2.5.4.12 title
2.5.4.13 description
2.5.4.14 searchGuide
2.5.4.15 businessCategory
2.5.4.16 postalAddress
2.5.4.17 postalCode
2.5.4.18 postOfficeBox
2.5.4.19 physicalDeliveryOfficeName
2.5.4.20 telephoneNumber
2.5.4.21 telexNumber
2.5.4.22 teletexTerminalIdentifier
2.5.4.23 facsimileTelephoneNumber
2.5.4.24 x121Address
2.5.4.25 internationaliSDNNumber
2.5.4.26 registeredAddress
2.5.4.27 destinationIndicator
2.5.4.28 preferredDeliveryMethod
2.5.4.29 presentationAddress
2.5.4.30 supportedApplicationContext
2.5.4.31 member
2.5.4.32 owner
2.5.4.33 roleOccupant
2.5.4.34 seeAlso
2.5.4.35 userPassword
2.5.4.36 userCertificate
2.5.4.37 cACertificate
2.5.4.38 authorityRevocationList
2.5.4.39 certificateRevocationList
2.5.4.40 crossCertificatePair
2.5.4.41 name
2.5.4.42 GN givenName
2.5.4.43 initials
2.5.4.44 generationQualifier
2.5.4.45 x500UniqueIdentifier
2.5.4.46 dnQualifier
2.5.4.47 enhancedSearchGuide
2.5.4.48 protocolInformation
2.5.4.49 distinguishedName
2.5.4.50 uniqueMember
2.5.4.51 houseIdentifier
2.5.4.52 supportedAlgorithms
2.5.4.53 deltaRevocationList
2.5.4.54 dmdName
2.5.4.65 pseudonym
2.5.4.72 role
2.5.4.97 organizationIdentifier
2.5.4.98 c3 countryCode3c
2.5.4.99 n3 countryCode3n
2.5.4.100 dnsName`

export const extensionNames = `
1.3.6.1.4.1.11129.2.4.2 ct_precert_scts CT Precertificate SCTs
1.3.6.1.4.1.11129.2.4.3 ct_precert_poison CT Precertificate Poison
1.3.6.1.4.1.11129.2.4.4 ct_precert_signer CT Precertificate Signer
1.3.6.1.4.1.11129.2.4.5 ct_cert_scts CT Certificate SCTs
1.3.6.1.5.5.7.1.1 authorityInfoAccess Authority Information Access
1.3.6.1.5.5.7.1.2 biometricInfo Biometric Info
1.3.6.1.5.5.7.1.3 qcStatements
1.3.6.1.5.5.7.1.4 ac-auditEntity
1.3.6.1.5.5.7.1.5 ac-targeting
1.3.6.1.5.5.7.1.6 aaControls
1.3.6.1.5.5.7.1.7 sbgp-ipAddrBlock
1.3.6.1.5.5.7.1.8 sbgp-autonomousSysNum
1.3.6.1.5.5.7.1.9 sbgp-routerIdentifier
1.3.6.1.5.5.7.1.10 ac-proxying
1.3.6.1.5.5.7.1.11 subjectInfoAccess Subject Information Access
1.3.6.1.5.5.7.1.14 proxyCertInfo Proxy Certificate Information
1.3.6.1.5.5.7.1.24 tlsfeature TLS Feature
1.3.6.1.5.5.7.1.28 sbgp-ipAddrBlockv2
1.3.6.1.5.5.7.1.29 sbgp-autonomousSysNumv2
1.3.6.1.5.5.7.48.1.5 noCheck OCSP No Check
2.5.29.9 subjectDirectoryAttributes X509v3 Subject Directory Attributes
2.5.29.14 subjectKeyIdentifier X509v3 Subject Key Identifier
2.5.29.15 keyUsage X509v3 Key Usage
2.5.29.16 privateKeyUsagePeriod X509v3 Private Key Usage Period
2.5.29.17 subjectAltName X509v3 Subject Alternative Name
2.5.29.18 issuerAltName X509v3 Issuer Alternative Name
2.5.29.19 basicConstraints X509v3 Basic Constraints
2.5.29.20 crlNumber X509v3 CRL Number
2.5.29.21 CRLReason X509v3 CRL Reason Code
2.5.29.23 holdInstructionCode Hold Instruction Code
2.5.29.24 invalidityDate Invalidity Date
2.5.29.27 deltaCRL X509v3 Delta CRL Indicator
2.5.29.28 issuingDistributionPoint X509v3 Issuing Distribution Point
2.5.29.29 certificateIssuer X509v3 Certificate Issuer
2.5.29.30 nameConstraints X509v3 Name Constraints
2.5.29.31 crlDistributionPoints X509v3 CRL Distribution Points
2.5.29.32 certificatePolicies X509v3 Certificate Policies
2.5.29.33 policyMappings X509v3 Policy Mappings
2.5.29.35 authorityKeyIdentifier X509v3 Authority Key Identifier
2.5.29.36 policyConstraints X509v3 Policy Constraints
2.5.29.37 extendedKeyUsage X509v3 Extended Key Usage
2.5.29.46 freshestCRL X509v3 Freshest CRL
2.5.29.54 inhibitAnyPolicy X509v3 Inhibit Any Policy
2.5.29.55 targetInformation X509v3 AC Targeting
2.5.29.56 noRevAvail X509v3 No Revocation Available
2.16.840.1.113730.1.1 nsCertType Netscape Cert Type
2.16.840.1.113730.1.2 nsBaseUrl Netscape Base Url
2.16.840.1.113730.1.3 nsRevocationUrl Netscape Revocation Url
2.16.840.1.113730.1.4 nsCaRevocationUrl Netscape CA Revocation Url
2.16.840.1.113730.1.7 nsRenewalUrl Netscape Renewal Url
2.16.840.1.113730.1.8 nsCaPolicyUrl Netscape CA Policy Url
2.16.840.1.113730.1.12 nsSslServerName Netscape SSL Server Name
2.16.840.1.113730.1.13 nsComment Netscape Comment`

export const purposeNames = `
1.3.6.1.4.1.311.2.1.14 msExtReq Microsoft Extension Request
1.3.6.1.4.1.311.2.1.21 msCodeInd Microsoft Individual Code Signing
1.3.6.1.4.1.311.2.1.22 msCodeCom Microsoft Commercial Code Signing
1.3.6.1.4.1.311.10.3.1 msCTLSign Microsoft Trust List Signing
1.3.6.1.4.1.311.10.3.3 msSGC Microsoft Server Gated Crypto
1.3.6.1.4.1.311.10.3.4 msEFS Microsoft Encrypted File System
1.3.6.1.4.1.311.20.2.2 msSmartcardLogin Microsoft Smartcard Login
1.3.6.1.4.1.311.20.2.3 msUPN Microsoft User Principal Name
1.3.6.1.5.2.3 id-pkinit
1.3.6.1.5.2.3.4 pkInitClientAuth PKINIT Client Auth
1.3.6.1.5.2.3.5 pkInitKDC Signing KDC Response
1.3.6.1.5.5.7.2 id-qt
1.3.6.1.5.5.7.2.1 id-qt-cps Policy Qualifier CPS
1.3.6.1.5.5.7.2.2 id-qt-unotice Policy Qualifier User Notice
1.3.6.1.5.5.7.2.3 textNotice
1.3.6.1.5.5.7.3 id-kp
1.3.6.1.5.5.7.3.1 serverAuth TLS Web Server Authentication
1.3.6.1.5.5.7.3.2 clientAuth TLS Web Client Authentication
1.3.6.1.5.5.7.3.3 codeSigning Code Signing
1.3.6.1.5.5.7.3.4 emailProtection E-mail Protection
1.3.6.1.5.5.7.3.5 ipsecEndSystem IPSec End System
1.3.6.1.5.5.7.3.6 ipsecTunnel IPSec Tunnel
1.3.6.1.5.5.7.3.7 ipsecUser IPSec User
1.3.6.1.5.5.7.3.8 timeStamping Time Stamping
1.3.6.1.5.5.7.3.9 OCSPSigning OCSP Signing
1.3.6.1.5.5.7.3.10 DVCS dvcs
1.3.6.1.5.5.7.3.17 ipsecIKE ipsec Internet Key Exchange
1.3.6.1.5.5.7.3.18 capwapAC Ctrl/provision WAP Access
1.3.6.1.5.5.7.3.19 capwapWTP Ctrl/Provision WAP Termination
1.3.6.1.5.5.7.3.21 secureShellClient SSH Client
1.3.6.1.5.5.7.3.22 secureShellServer SSH Server
1.3.6.1.5.5.7.3.23 sendRouter Send Router
1.3.6.1.5.5.7.3.24 sendProxiedRouter Send Proxied Router
1.3.6.1.5.5.7.3.25 sendOwner Send Owner
1.3.6.1.5.5.7.3.26 sendProxiedOwner Send Proxied Owner
1.3.6.1.5.5.7.3.27 cmcCA CMC Certificate Authority
1.3.6.1.5.5.7.3.28 cmcRA CMC Registration Authority
1.3.6.1.5.5.7.3.29 cmcArchive CMC Archive Server
1.3.6.1.5.5.7.3.30 id-kp-bgpsec-router BGPsec Router
1.3.6.1.5.5.7.3.31 id-kp-BrandIndicatorforMessageIdentification Brand Indicator for Message Identification
1.3.6.1.5.5.7.3.32 cmKGA Certificate Management Key Generation Authority
1.3.6.1.5.5.7.8 id-on
1.3.6.1.5.5.7.8.1 id-on-personalData
1.3.6.1.5.5.7.8.3 id-on-permanentIdentifier Permanent Identifier
1.3.6.1.5.5.7.8.5 id-on-xmppAddr XmppAddr
1.3.6.1.5.5.7.8.7 id-on-dnsSRV SRVName
1.3.6.1.5.5.7.8.8 id-on-NAIRealm NAIRealm
1.3.6.1.5.5.7.8.9 id-on-SmtpUTF8Mailbox Smtp UTF8 Mailbox
1.3.6.1.5.5.7.9 id-pda
1.3.6.1.5.5.7.9.1 id-pda-dateOfBirth
1.3.6.1.5.5.7.9.2 id-pda-placeOfBirth
1.3.6.1.5.5.7.9.3 id-pda-gender
1.3.6.1.5.5.7.9.4 id-pda-countryOfCitizenship
1.3.6.1.5.5.7.9.5 id-pda-countryOfResidence
1.3.6.1.5.5.7.21 id-ppl
1.3.6.1.5.5.7.21.0 id-ppl-anyLanguage Any language
1.3.6.1.5.5.7.21.1 id-ppl-inheritAll Inherit all
1.3.6.1.5.5.7.21.2 id-ppl-independent Independent
1.3.6.1.5.5.7.48 id-ad
1.3.6.1.5.5.7.48.1 OCSP
1.3.6.1.5.5.7.48.1.1 basicOCSPResponse Basic OCSP Response
1.3.6.1.5.5.7.48.1.2 Nonce OCSP Nonce
1.3.6.1.5.5.7.48.1.3 CrlID OCSP CRL ID
1.3.6.1.5.5.7.48.1.4 acceptableResponses Acceptable OCSP Responses
1.3.6.1.5.5.7.48.1.6 archiveCutoff OCSP Archive Cutoff
1.3.6.1.5.5.7.48.1.7 serviceLocator OCSP Service Locator
1.3.6.1.5.5.7.48.1.8 extendedStatus Extended OCSP Status
1.3.6.1.5.5.7.48.1.9 valid
1.3.6.1.5.5.7.48.1.10 path
1.3.6.1.5.5.7.48.1.11 trustRoot Trust Root
1.3.6.1.5.5.7.48.2 caIssuers CA Issuers
1.3.6.1.5.5.7.48.3 ad_timestamping AD Time Stamping
1.3.6.1.5.5.7.48.4 AD_DVCS ad dvcs
1.3.6.1.5.5.7.48.5 caRepository CA Repository
1.3.6.1.5.5.7.48.10 rpkiManifest RPKI Manifest
1.3.6.1.5.5.7.48.11 signedObject Signed Object
1.3.6.1.5.5.7.48.13 rpkiNotify RPKI Notify
2.5.29.32.0 anyPolicy X509v3 Any Policy
2.5.29.37.0 anyExtendedKeyUsage Any Extended Key Usage
2.16.840.1.113730.4.1 nsSGC Netscape Server Gated Crypto`

/** What OpenSSL 3.0 has no name for: shown beside the number, never in a name or an algorithm that scripts compare. */
export const furtherNames = `
1.3.6.1.4.1.311.10.3.4.1 efsRecovery Microsoft Encrypted File System recovery
1.3.6.1.4.1.311.10.3.12 msDocumentSigning Microsoft Document Signing
1.3.6.1.4.1.311.20.2 msCertificateTemplateName Microsoft Certificate Template Name
1.3.6.1.4.1.311.21.1 msCaVersion Microsoft CA Version
1.3.6.1.4.1.311.21.2 msPreviousCaCertificateHash Microsoft Previous CA Certificate Hash
1.3.6.1.4.1.311.21.7 msCertificateTemplate Microsoft Certificate Template
1.3.6.1.4.1.311.13.2.1 msEnrollmentNameValuePair Microsoft Enrollment Name and Value
1.3.6.1.4.1.311.13.2.2 msEnrollmentProvider Microsoft Enrollment Key Provider
1.3.6.1.4.1.311.13.2.3 msOsVersion Microsoft Operating System Version
1.3.6.1.4.1.311.21.3 msVirtualBaseCrl Microsoft Delta CRL Base Number
1.3.6.1.4.1.311.21.4 msNextCrlPublish Microsoft Next CRL Publication
1.3.6.1.4.1.311.21.5 msCaExchange Microsoft CA Exchange
1.3.6.1.4.1.311.21.6 msKeyRecoveryAgent Microsoft Key Recovery Agent
1.3.6.1.4.1.311.21.10 msApplicationPolicies Microsoft Application Policies
1.3.6.1.4.1.311.21.11 msApplicationPolicyMappings Microsoft Application Policy Mappings
1.3.6.1.4.1.311.21.12 msApplicationPolicyConstraints Microsoft Application Policy Constraints
1.3.6.1.4.1.311.21.14 msPublishedCrlLocations Microsoft Published CRL Locations
1.3.6.1.4.1.311.21.19 msDirectoryServiceReplication Microsoft Directory Service E-mail Replication
1.3.6.1.4.1.311.21.20 msClientInformation Microsoft Request Client Information
1.3.6.1.4.1.311.25.1 msNtdsReplication Microsoft Domain Controller GUID
1.3.6.1.4.1.311.25.2 msSecurityIdentifier Microsoft Security Identifier
1.3.6.1.4.1.311.25.2.1 msSidObject Security identifier (SID)
1.3.6.1.4.1.311.54.1.2 msRemoteDesktop Remote Desktop Authentication
1.3.6.1.5.2.2 kerberosPrincipalName Kerberos principal name
1.3.6.1.5.5.7.1.12 logotype Logotype
1.3.6.1.5.5.7.1.26 tnAuthorizationList Telephone Number Authorization List
1.3.6.1.5.5.7.1.31 acmeIdentifier ACME Identifier
1.3.6.1.5.5.7.8.4 hardwareModuleName Hardware module name
1.3.6.1.5.5.7.11.1 qcSyntaxV1 Meaning of the names (old)
1.3.6.1.5.5.7.11.2 qcSyntaxV2 Meaning of the names
0.4.0.194121.1.1 semanticsNatural Identifier of a natural person
0.4.0.194121.1.2 semanticsLegal Identifier of an organization
0.4.0.194121.1.3 semanticsEidasNatural eIDAS identifier of a natural person
0.4.0.194121.1.4 semanticsEidasLegal eIDAS identifier of an organization
0.4.0.2042.1.1 ncp Normalized certificate policy (ETSI)
0.4.0.2042.1.2 ncpPlus Normalized certificate policy, key in a device (ETSI)
0.4.0.2042.1.3 lcp Lightweight certificate policy (ETSI)
0.4.0.2042.1.4 evcp Extended validation certificate policy (ETSI)
0.4.0.2042.1.6 dvcp Domain validation certificate policy (ETSI)
0.4.0.2042.1.7 ovcp Organization validation certificate policy (ETSI)
0.4.0.194112.1.0 qcpNatural Qualified, natural person (ETSI)
0.4.0.194112.1.1 qcpLegal Qualified, organization (ETSI)
0.4.0.194112.1.2 qcpNaturalQscd Qualified, natural person, key in a device (ETSI)
0.4.0.194112.1.3 qcpLegalQscd Qualified, organization, key in a device (ETSI)
0.4.0.194112.1.4 qcpWeb Qualified, website (ETSI)
0.4.0.194112.1.5 qncpWeb Qualified, website and CA/Browser Forum rules (ETSI)
0.4.0.19495.3.1 qcpWebPsd2 Qualified, website of a payment service provider (ETSI)
1.2.840.113533.7.65.0 entrustVersion Entrust Version Information
1.2.840.113635.100.6.1.2 appleIosDevelopment Apple iOS Development
1.2.840.113635.100.6.1.4 appleIosSubmission Apple iOS Submission
1.2.840.113635.100.6.2.1 appleWwdrIntermediate Apple Developer Relations Intermediate
1.2.840.113635.100.6.27.1 appleServerAuthentication Apple Server Authentication
1.3.6.1.4.1.41482.3.3 yubikeyFirmware YubiKey firmware version
1.3.6.1.4.1.41482.3.7 yubikeySerial YubiKey serial number
1.3.6.1.4.1.41482.3.8 yubikeyPolicy YubiKey PIN and touch policy
1.3.6.1.4.1.45724.1.1.4 fidoAaguid FIDO authenticator model (AAGUID)
1.3.6.1.4.1.45724.2.1.1 fidoTransports FIDO authenticator transports
1.3.6.1.4.1.11129.2.1.17 androidKeyAttestation Android Key Attestation
2.16.840.1.101.3.6.8 pivCardAuth PIV card authentication
2.16.840.1.113733.1.6.3 verisignCzag VeriSign Country, Zip Code, Age and Gender
2.16.840.1.113733.1.6.9 verisignPrivate VeriSign Private Extension
2.16.840.1.113733.1.6.11 verisignJurisdiction VeriSign OnSite Jurisdiction Hash
2.16.840.1.113733.1.6.13 verisignBitString VeriSign Bit String
2.16.840.1.113733.1.6.15 verisignDuns VeriSign D-U-N-S Number
2.16.840.1.113733.1.8.1 verisignStepUp VeriSign Server Gated Crypto
2.23.42.7.0 setHashedRoot SET Hashed Root Key
2.23.140.1.2 cabfPolicies CA/Browser Forum policies
2.5.29.1 authorityKeyIdentifierOld Authority Key Identifier (old)
2.5.29.2 keyAttributesOld Key Attributes (old)
2.5.29.3 certificatePoliciesOld Certificate Policies (old)
2.5.29.4 keyUsageRestrictionOld Key Usage Restriction (old)
2.5.29.8 issuerAltNameOld Issuer Alternative Name (old)
0.4.0.1862.1.1 qcCompliance EU qualified certificate
0.4.0.1862.1.2 qcLimitValue Limit of transactions
0.4.0.1862.1.3 qcRetentionPeriod Retention period
0.4.0.1862.1.4 qcSSCD Key kept in a qualified device
0.4.0.1862.1.5 qcPDS Disclosure statements
0.4.0.1862.1.6 qcType Certificate type
0.4.0.1862.1.7 qcCClegislation Countries whose law applies
0.4.0.1862.1.6.1 qcTypeEsign Electronic signature
0.4.0.1862.1.6.2 qcTypeEseal Electronic seal
0.4.0.1862.1.6.3 qcTypeWeb Website authentication
0.4.0.19495.2 psd2Statement PSD2 roles of a payment service provider
2.23.140.1.1 evGuidelines Extended validation
2.23.140.1.2.1 domainValidated Domain validated
2.23.140.1.2.2 organizationValidated Organization validated
2.23.140.1.2.3 individualValidated Individual validated
2.23.140.3.1 cabfOrganizationIdentifier CA/Browser Forum Organization Identifier
2.5.29.7 subjectAltNameOld Subject Alternative Name (old)
2.5.29.10 basicConstraintsOld Basic Constraints (old)
2.5.29.60 expiredCertsOnCRL Expired Certificates on CRL`
