import type { Source } from '../findings.ts'

const rfc =
  (number: number) =>
  (section: string): Source => ({
    title: `RFC ${number}, section ${section}`,
    url: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
  })

export const rfc2986 = rfc(2986)
export const rfc3279 = rfc(3279)
export const rfc5280 = rfc(5280)
export const rfc5480 = rfc(5480)
export const rfc6962 = rfc(6962)
export const rfc7748 = rfc(7748)
export const rfc8017 = rfc(8017)
export const rfc8410 = rfc(8410)
export const rfc8446 = rfc(8446)
export const rfc8813 = rfc(8813)
export const rfc9155 = rfc(9155)

export const x690: Source = { title: 'ITU-T X.690, sections 10 and 11', url: 'https://www.itu.int/rec/T-REC-X.690' }
export const uts39: Source = {
  title: 'Unicode Technical Standard 39 (security mechanisms)',
  url: 'https://www.unicode.org/reports/tr39/',
}
export const sp800131a: Source = { title: 'NIST SP 800-131A', url: 'https://csrc.nist.gov/pubs/sp/800/131/a/r2/final' }
export const fips186: Source = {
  title: 'FIPS 186-5, appendix A.1.1',
  url: 'https://csrc.nist.gov/pubs/fips/186-5/final',
}
export const roca: Source = { title: 'CVE-2017-15361', url: 'https://nvd.nist.gov/vuln/detail/CVE-2017-15361' }
export const chromeRootProgram: Source = {
  title: 'Chrome Root Program Policy, version 1.8',
  url: 'https://googlechrome.github.io/chromerootprogram/',
}
