/**
 * Host names and IP addresses as they go into certificates: DNS names in their ASCII form (RFC 5280, 4.2.1.6, with
 * internationalised names as in 7.2), addresses in their canonical text.
 *
 * The conversion to ASCII (punycode) is the platform's own URL parser. It is more forgiving than a certificate may be
 * (it cuts out tabs, decodes %41, reads `1.2` as 1.0.0.2), so what it would repair is refused before it sees it.
 */

/** `ascii` is what is encoded; `fault` says what is wrong, `next` what to do, in words for the field it was typed in. */
export type HostName = { ok: true; ascii: string; wildcard: boolean } | { ok: false; fault: string; next: string }

const no = (fault: string, next: string): HostName => ({ ok: false, fault, next })

export function readHostName(text: string): HostName {
  if (text === '') return no('is empty', 'Enter a host name such as api.example.com.')
  if (/\s/u.test(text)) return no('holds a space', 'Remove the space.')
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(text)
  if (scheme !== null)
    return no(`begins with ${scheme[0]}`, `Leave out ${scheme[0]}: a host name is the part between it and the next /.`)
  const odd = /[\p{Cc}\p{Cf}/\\?#@:%[\]<>^|"'`{},;!$&()+=~]/u.exec(text)
  if (odd !== null) {
    if (odd[0] === ':' && readIp(text) !== null)
      return no('is an IP address, not a host name', 'Enter it as an IP address (IP:…).')
    if (odd[0] === ':') return no('names a port', 'Leave out the port: a certificate names hosts only.')
    if (odd[0] === '/' || odd[0] === '?') return no('holds a path', 'Keep only the host name, up to the first /.')
    if (odd[0] === '@') return no('looks like an e-mail address', 'Enter it as an e-mail address (email:…).')
    return no(`holds ${charName(odd[0])}, which no host name has`, 'Remove that character.')
  }
  if (readIp(text) !== null) return no('is an IP address, not a host name', 'Enter it as an IP address (IP:…).')
  const wildcard = text.startsWith('*.')
  const rest = wildcard ? text.slice(2) : text
  if (rest.includes('*'))
    return no('has * in a place where it stands for nothing', 'A wildcard is the whole first part: *.example.com.')
  if (/[.\u3002\uff0e\uff61]$/u.test(rest)) return no('ends with a dot', 'Leave out the last dot.')
  const ascii = toAscii(rest)
  if (ascii === null) return no('is not a host name', 'Check the spelling, part by part between the dots.')
  const fault = asciiFault(ascii)
  if (fault !== null) return fault
  if (wildcard && !ascii.includes('.'))
    return no('is a wildcard for a whole top-level domain', 'A wildcard needs two more parts: *.example.com.')
  const whole = wildcard ? `*.${ascii}` : ascii
  if (whole.length > 253) return no(`has ${whole.length} characters; a host name has 253 at most`, 'Shorten the name.')
  return { ok: true, ascii: whole, wildcard }
}

/** The platform's conversion; `null` when it finds no host name in it. */
function toAscii(text: string): string | null {
  try {
    const host = new URL(`https://${text}/`).hostname
    return host === '' ? null : host
  } catch {
    return null
  }
}

function asciiFault(ascii: string): HostName | null {
  const labels = ascii.split('.')
  for (const label of labels) {
    if (label === '') return no('has two dots in a row', 'Remove one of the dots.')
    if (label.length > 63) return no(`has a part of ${label.length} characters; 63 is the most`, 'Shorten that part.')
    if (label.startsWith('-') || label.endsWith('-'))
      return no(`has a part that begins or ends with a hyphen (${label})`, 'Remove that hyphen.')
    if (label.includes('_'))
      return no(
        `has an underscore (${label}), which certificates do not allow`,
        'Use a hyphen, or ask for another name.',
      )
    if (!/^[a-z0-9-]+$/.test(label)) return no(`has a part that no host name has (${label})`, 'Check the spelling.')
  }
  // A last part of digits is read as an IP address by every URL parser (WHATWG URL, "ends in a number").
  if (/^\d+$/.test(labels.at(-1)!)) return no('ends in a number, like a wrong IP address', 'Check the address.')
  return null
}

/**
 * The canonical text of an IPv4 or IPv6 address, or `null`. Only dotted decimal without leading zeros counts as IPv4:
 * `010.0.0.1` and `127.1` mean different addresses to different programs.
 */
export function readIp(text: string): { version: 4 | 6; canonical: string } | null {
  const four = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)
  if (four !== null) {
    const fine = four.slice(1).every((part) => Number(part) <= 255 && String(Number(part)) === part)
    return fine ? { version: 4, canonical: text } : null
  }
  if (!/^[0-9a-f:.]{2,45}$/i.test(text) || !text.includes(':')) return null
  const tail = text.slice(text.lastIndexOf(':') + 1)
  if (tail.includes('.') && readIp(tail)?.version !== 4) return null
  try {
    return { version: 6, canonical: new URL(`https://[${text}]/`).hostname.slice(1, -1) }
  } catch {
    return null
  }
}

/** A character in words that can be read when it cannot be seen: `“@”`, `an invisible character (U+200B)`. */
export function charName(character: string): string {
  const point = character.codePointAt(0)!
  const number = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`
  if (/\p{Cc}/u.test(character)) return `a control character (${number})`
  if (/[\p{Cf}\p{Zl}\p{Zp}]/u.test(character)) return `an invisible character (${number})`
  return `“${character}”`
}
