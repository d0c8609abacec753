import type { Configure } from './configuration.ts'
import { comment, headerNames, onlyFromProxy, purposeOf, text } from './pieces.ts'
import type { ServerPin, ServerWish } from './server-wish.ts'

const note = (...lines: string[]) => comment(lines, '#', '    ')

/** HAProxy, which reads certificate and key from one file. The door is shut in the handshake. */
export const haproxy: Configure = (wish) => {
  const { certificate, clientCa, crl, headers, key, pin, upstream } = wish
  const joined = `${certificate.replace(/\.(?:crt|pem|cer)$/, '')}-with-key.pem`
  return {
    needs: 'HAProxy 2.4 or later',
    prepare: [`(umask 077; cat ${certificate} ${key} > ${joined})`],
    check: 'haproxy -c -f /etc/haproxy/haproxy.cfg',
    reload: 'systemctl reload haproxy',
    refusesRevoked: crl !== undefined,
    proven: 'HAProxy 2.6',
    caveats: [
      'A caller is refused in the handshake by an alert that names the reason; nothing of it reaches the application.',
      ...(crl
        ? [
            'crl-file is read at start and at reload: reload after each new list. When it is over, nobody gets in any more.',
          ]
        : ['Without crl-file a revoked certificate gets in until it expires.']),
      'HAProxy has no setting for the depth of the chain: what the authorities in ca-file have issued counts, however long the chain.',
      ...(pin?.by === 'name'
        ? ['The common name is compared: HAProxy 2.6 cannot look at subject alternative names.']
        : []),
      onlyFromProxy,
    ],
    files: [
      {
        name: '/etc/haproxy/haproxy.cfg',
        language: 'haproxy',
        text: text([
          comment(purposeOf(wish)),
          'global',
          '    ssl-default-bind-options ssl-min-ver TLSv1.2',
          note('A resumed session is not checked again: with this, and no-tls-tickets below, none is resumed.'),
          '    tune.ssl.cachesize 0',
          '',
          'defaults',
          '    mode http',
          '    timeout connect 5s',
          '    timeout client 30s',
          '    timeout server 30s',
          '',
          'frontend webhooks',
          note(
            'crt holds your certificate, its intermediates and its key, in this order.',
            'ca-file: who gets in. “verify optional” would let everybody in, crt-ignore-err whoever has that fault.',
            ...(crl ? ['crl-file: a list of each authority of the chain, the root’s too, one after the other.'] : []),
          ),
          `    bind ${bindTo(wish)} ssl crt ${joined} ca-file ${clientCa} verify required${crl ? ` crl-file ${crl}` : ''} no-tls-tickets`,
          '',
          ...(pin ? pinned(pin) : []),
          note(
            'Who called, for the application: first whatever the caller sent under these names goes, with hyphens or with',
            'underscores, which some applications take for the same. HAProxy holds names in small letters.',
          ),
          ...headerNames(wish).map(
            (name) => `    http-request del-header ^${name.toLowerCase().replaceAll('-', '[-_]')}$ -m reg`,
          ),
          `    http-request set-header ${headers.subject} %[ssl_c_s_dn(,0,rfc2253)]`,
          note('SHA-256 of the certificate, in hex.'),
          `    http-request set-header ${headers.fingerprint} %[ssl_c_der,sha2(256),hex,lower]`,
          note('The certificate as DER in Base64.'),
          `    http-request set-header ${headers.certificate} %[ssl_c_der,base64]`,
          '    default_backend application',
          '',
          'backend application',
          `    server application ${upstream.replace('http://', '')}`,
        ]),
      },
    ],
  }
}

const bindTo = ({ address, port }: ServerWish): string => `${address ?? ''}:${port}`

function pinned(pin: ServerPin): string[] {
  return pin.by === 'name'
    ? [
        note('Of all that the authority has issued, only this name gets in.'),
        `    http-request deny deny_status 403 unless { ssl_c_s_dn(cn) -m str ${pin.name} }`,
        '',
      ]
    : [
        note('Of all that the authority has issued, this one certificate gets in: SHA-256 of it.'),
        `    http-request deny deny_status 403 unless { ssl_c_der,sha2(256),hex,lower -m str ${pin.sha256} }`,
        '',
      ]
}
