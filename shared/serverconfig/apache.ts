import type { Configure } from './configuration.ts'
import { comment, headerNames, listenOn, onlyFromProxy, purposeOf, text, withUnderscores } from './pieces.ts'
import type { ServerPin } from './server-wish.ts'

const indent = '    '
const note = (...lines: string[]) => comment(lines, '#', indent)

/** Apache httpd: mod_ssl. The door is shut in the handshake. */
export const apache: Configure = (wish) => {
  const { certificate, clientCa, crl, depth, headers, host, key, pin, port, upstream } = wish
  return {
    needs:
      'Apache httpd 2.4.11 or later with mod_ssl, mod_headers, mod_proxy and mod_proxy_http (a2enmod ssl headers proxy proxy_http)',
    prepare: [],
    check: 'apachectl configtest',
    reload: 'apachectl graceful',
    refusesRevoked: crl !== undefined,
    proven: 'Apache httpd 2.4',
    caveats: [
      'A caller is refused in the handshake by an alert that names the reason; too long a chain is told as internal_error (80).',
      ...(crl
        ? [
            'The list is read at start and at a graceful restart: do that after each new one. When it is over, nobody gets in any more.',
          ]
        : ['Without SSLCARevocationFile a revoked certificate gets in until it expires.']),
      'httpd offers no fingerprint: the header of that name is taken away from callers and not set.',
      onlyFromProxy,
    ],
    files: [
      {
        name: `/etc/apache2/sites-available/${host}.conf`,
        language: 'apache',
        text: text([
          comment(purposeOf(wish)),
          // Debian's ports.conf and Fedora's ssl.conf listen on 443 as soon as mod_ssl is on; twice does not start.
          port === 443 && wish.address === undefined
            ? comment(['ports.conf (Debian) or ssl.conf (Fedora) listens on 443 already, so no Listen stands here.'])
            : `Listen ${listenOn(wish)}`,
          `<VirtualHost ${wish.address === undefined ? `*:${port}` : listenOn(wish)}>`,
          `    ServerName ${host}`,
          '',
          '    SSLEngine on',
          note('What callers see: your certificate first, then its intermediates, in one file.'),
          `    SSLCertificateFile    ${certificate}`,
          `    SSLCertificateKeyFile ${key}`,
          '    SSLProtocol           -all +TLSv1.2 +TLSv1.3',
          '',
          note('Who gets in, up to the root.'),
          `    SSLCACertificateFile ${clientCa}`,
          note(
            'Here, and not in a <Location>: there httpd would ask after the handshake, which TLS 1.3 clients refuse.',
            '“optional” lets everybody in, “optional_no_ca” believes any signature.',
          ),
          '    SSLVerifyClient require',
          note('Certificates above the caller’s, the root included.'),
          `    SSLVerifyDepth ${depth + 1}`,
          ...(crl
            ? [
                note(
                  'Both lines are needed: the first alone reads the list and does not use it. “chain” wants a list of',
                  'each authority of the chain, all in this file; “leaf” looks at the caller’s certificate only.',
                ),
                `    SSLCARevocationFile  ${crl}`,
                '    SSLCARevocationCheck chain',
              ]
            : []),
          note('A resumed session is not checked again: so each call is held against the present list.'),
          '    SSLSessionTickets off',
          '',
          ...(pin ? pinned(pin) : []),
          note('Who called, for the application: first whatever the caller sent under these names goes.'),
          ...headerNames(wish).flatMap((name) => [
            `    RequestHeader unset ${name}`,
            ...(name.includes('-') ? [`    RequestHeader unset ${withUnderscores(name)}`] : []),
          ]),
          `    RequestHeader set ${headers.subject} "%{SSL_CLIENT_S_DN}s"`,
          note('PEM in one line: its line ends become spaces.'),
          `    RequestHeader set ${headers.certificate} "%{SSL_CLIENT_CERT}s"`,
          '',
          '    ProxyPreserveHost On',
          `    ProxyPass / ${upstream}/`,
          `    ProxyPassReverse / ${upstream}/`,
          '</VirtualHost>',
        ]),
      },
    ],
  }
}

function pinned(pin: ServerPin): string[] {
  const which =
    pin.by === 'name'
      ? `%{SSL_CLIENT_S_DN_CN} == '${pin.name}' || %{SSL_CLIENT_SAN_DNS_0} == '${pin.name}'`
      : `%{SSL_CLIENT_M_SERIAL} == '${evenHex(pin.serial)}'`
  return [
    pin.by === 'name'
      ? note('Of all that the authority has issued, only this name gets in.')
      : note(
          'Of all that the authority has issued, this one certificate gets in: an authority gives each serial once.',
        ),
    '    <Location "/">',
    `        Require expr "${which}"`,
    '    </Location>',
    '',
  ]
}

/** mod_ssl prints whole octets in capitals. */
const evenHex = (serial: string): string => serial.padStart(serial.length + (serial.length % 2), '0').toUpperCase()
