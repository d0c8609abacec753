/** `http://host:port` or `https://host:port` without user and password: what settings and attempts may hold of a proxy. */
export const isProxyAddress = (text: string): boolean => {
  const address = text.trim()
  return /^https?:\/\/[^\s@/?#]+\/?$/i.test(address) && URL.canParse(address)
}

/** What to say of a text that is none. */
export const proxyAddressHint = 'An address such as http://proxy.example.com:3128, without user and password'
