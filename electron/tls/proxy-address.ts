/** A way through a proxy. User and password are used for it and shown nowhere. */
export type HttpProxy = {
  /** Such as `http://proxy.corp:3128`, without user and password. */
  address: string
  user?: string
  password?: string
  /** For a proxy behind TLS whose authority this computer does not know. */
  caPem?: string
}

export type ProxyPlace = { scheme: string; host: string; port: number }

/** curl's default, kept so that the same environment means the same here. */
const defaultPorts: Record<string, number> = { http: 1080, https: 443 }

/**
 * Reads a proxy's address as curl does: `proxy:3128` is HTTP, user and password may stand before the host, encoded like
 * in a URL. Null for what is no address.
 */
export function readProxy(text: string): (HttpProxy & ProxyPlace) | null {
  const [, scheme = 'http', login, rest = ''] =
    /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:(.*)@)?([^@]*)$/is.exec(text.trim()) ?? []
  // A URL drops the port that is its scheme's default, and that default is not curl's: so it is read as another scheme.
  const url = `x://${rest}`
  if (rest === '' || !URL.canParse(url)) return null
  const { hostname, port } = new URL(url)
  const host = hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase()
  const place = {
    scheme: scheme.toLowerCase(),
    host,
    port: Number(port) || (defaultPorts[scheme.toLowerCase()] ?? 1080),
  }
  if (host === '') return null
  const [user, ...password] = (login ?? '').split(':')
  return {
    ...place,
    address: addressOf(place),
    ...(login === undefined ? {} : { user: decoded(user ?? ''), password: decoded(password.join(':')) }),
  }
}

const addressOf = ({ scheme, host, port }: ProxyPlace) =>
  `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
