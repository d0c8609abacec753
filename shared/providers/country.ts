/**
 * ISO 3166-1: every officially assigned country, two-letter code (alpha-2) followed by its three-letter code (alpha-3).
 * X.509 wants the two letters in capitals (RFC 5280, appendix A: countryName is PrintableString of size 2).
 */
const assigned = `
  ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE BABIH BBBRB
  BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR
  BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR
  CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK
  FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS
  GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN
  ISISL ITITA JEJEY JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO
  LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD
  MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER
  NFNFK NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM
  PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP
  SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF
  TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA UMUMI USUSA UYURY
  UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR VNVNM VUVUT WFWLF WSWSM YEYEM YTMYT ZAZAF ZMZMB ZWZWE
`

const byAlpha3 = new Map(
  assigned
    .trim()
    .split(/\s+/)
    .map((pair) => [pair.slice(2), pair.slice(0, 2)]),
)

/** The 249 two-letter codes, sorted. */
export const countryCodes: readonly string[] = [...byAlpha3.values()].sort()

const codes = new Set(countryCodes)

/** Codes in everyday use that ISO does not assign, and what to write instead. */
const everyday: Record<string, string> = { UK: 'GB', EL: 'GR', UAE: 'AE' }

export const isCountryCode = (text: string): boolean => codes.has(text)

/** The country's name in a language, such as `Ireland`; the code itself where the platform knows no name. */
export function countryName(code: string, language = 'en'): string {
  try {
    return new Intl.DisplayNames([language], { type: 'region' }).of(code) ?? code
  } catch {
    return code
  }
}

/** The code somebody probably meant by `ie`, `IRL`, `UK` or `Ireland`; `null` when there is no good guess. */
export function countryMeant(text: string): string | null {
  const asked = text.trim()
  const capitals = asked.toUpperCase()
  if (codes.has(capitals)) return capitals
  if (Object.hasOwn(everyday, capitals)) return everyday[capitals]!
  const fromAlpha3 = byAlpha3.get(capitals)
  if (fromAlpha3 !== undefined) return fromAlpha3
  if (asked.length < 4 || asked.length > 60) return null
  const names = new Intl.DisplayNames(['en'], { type: 'region' })
  const small = asked.toLowerCase()
  return countryCodes.find((code) => names.of(code)?.toLowerCase() === small) ?? null
}
