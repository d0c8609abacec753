import type { Configure } from './configuration.ts'
import { comment, headerNames, onlyFromProxy, purposeOf, text, withUnderscores } from './pieces.ts'
import type { ServerPin } from './server-wish.ts'

const note = (...lines: string[]) => comment(lines, '#', '\t')

/** Caddy, on Go's TLS: it reads no revocation lists. The door is shut in the handshake. */
export const caddy: Configure = (wish) => {
  const { certificate, clientCa, headers, host, key, pin, port, upstream } = wish
  return {
    needs: 'Caddy 2.6 or later (Debian 12 has 2.6.2)',
    prepare: [],
    check: 'caddy validate --config /etc/caddy/Caddyfile',
    reload: 'caddy reload --config /etc/caddy/Caddyfile',
    refusesRevoked: false,
    proven: 'Caddy 2.6',
    caveats: [
      'Caddy reads no revocation list: a revoked certificate gets in until it expires. Where that matters, issue for days instead of years, pin the certificate and change the pin, or put a server before it that reads the list.',
      'A caller is refused in the handshake by bad_certificate (42), whatever is wrong with the certificate.',
      'There is no setting for the depth of the chain.',
      'From Caddy 2.8 on, trusted_ca_cert_file is spelt “trust_pool file”; the old spelling gives a warning.',
      onlyFromProxy,
    ],
    files: [
      {
        name: '/etc/caddy/Caddyfile',
        language: 'caddy',
        text: text([
          comment(purposeOf(wish)),
          '{',
          note('Nothing listens on port 80, and no certificate is fetched for this host: it has one.'),
          '\tauto_https disable_redirects',
          '}',
          '',
          `https://${host}:${port} {`,
          ...(wish.address === undefined ? [] : [`\tbind ${wish.address}`]),
          note('What callers see: your certificate first, then its intermediates, in one file; and its key.'),
          `\ttls ${certificate} ${key} {`,
          '\t\tprotocols tls1.2 tls1.3',
          '\t\tclient_auth {',
          comment(
            [
              '“request” and “require” would believe any signature, “verify_if_given” would let in callers without one.',
            ],
            '#',
            '\t\t\t',
          ),
          '\t\t\tmode require_and_verify',
          comment(['Who gets in. The roots of the system do not count here.'], '#', '\t\t\t'),
          `\t\t\ttrusted_ca_cert_file ${clientCa}`,
          '\t\t}',
          '\t}',
          '',
          ...(pin ? pinned(pin) : []),
          note('Who called, for the application: first whatever the caller sent under these names goes.'),
          ...headerNames(wish).flatMap((name) => [
            `\trequest_header -${name}`,
            ...(name.includes('-') ? [`\trequest_header -${withUnderscores(name)}`] : []),
          ]),
          `\treverse_proxy ${upstream.replace('http://', '')} {`,
          `\t\theader_up ${headers.subject} {http.request.tls.client.subject}`,
          comment(['SHA-256 of the certificate, in hex.'], '#', '\t\t'),
          `\t\theader_up ${headers.fingerprint} {http.request.tls.client.fingerprint}`,
          comment(['The certificate as DER in Base64.'], '#', '\t\t'),
          `\t\theader_up ${headers.certificate} {http.request.tls.client.certificate_der_base64}`,
          '\t}',
          '}',
        ]),
      },
    ],
  }
}

function pinned(pin: ServerPin): string[] {
  const which =
    pin.by === 'name'
      ? `{http.request.tls.client.san.dns_names.0} != "${pin.name}"`
      : `{http.request.tls.client.fingerprint} != "${pin.sha256}"`
  return [
    pin.by === 'name'
      ? note('Of all that the authority has issued, only this name gets in: the first DNS name of the certificate.')
      : note('Of all that the authority has issued, this one certificate gets in: SHA-256 of it.'),
    `\t@stranger expression \`${which}\``,
    '\trespond @stranger 403',
    '',
  ]
}
