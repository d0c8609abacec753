/** What is wrong with an address in words, or null. Braces of blanks are allowed anywhere but in the scheme. */
export function addressProblem(typed: string): string | null {
  const text = typed.trim()
  if (text === '') return 'Enter the address to call, such as https://api.example.com/path.'
  if (/^http:\/\//i.test(text)) return 'Mutual TLS needs https, not http.'
  if (!/^https:\/\//i.test(text)) return 'An address starts with https://.'
  if (/\s/.test(text)) return 'An address has no spaces.'
  try {
    const url = new URL(text.replace(/\{[A-Za-z0-9]+\}/g, 'x'))
    if (url.username !== '' || url.password !== '') return 'Leave out the user name: the certificate says who you are.'
    return null
  } catch {
    return 'This is not an address: check the host name and the port.'
  }
}

/** A bare host, as people paste it, becomes an https address; everything else stays as typed. */
export function completeAddress(typed: string): string {
  const text = typed.trim()
  return /^[\w.-]+\.[\w-]+(:\d{1,5})?(\/\S*)?$/.test(text) ? `https://${text}` : text
}
