import type { Configure } from './configuration.ts'
import { comment, listenOn, onlyFromProxy, purposeOf, text } from './pieces.ts'
import type { ServerWish } from './server-wish.ts'

/** nginx: ngx_http_ssl_module. The door is shut in TLS, and answered with 400 and a page. */
export const nginx: Configure = (wish) => {
  const { certificate, clientCa, crl, depth, headers, host, key, pin, upstream } = wish
  return {
    needs: 'nginx 1.13.5 or later ($ssl_client_escaped_cert), with ngx_http_ssl_module',
    prepare: [],
    check: 'nginx -t',
    reload: 'nginx -s reload',
    refusesRevoked: crl !== undefined,
    proven: 'nginx 1.22',
    caveats: [
      'A refused caller gets status 400 with a page that says why, after a handshake that succeeds; without a certificate too.',
      ...(crl
        ? [
            'The list is read at start and at reload: reload after each new one. When it is over, nobody gets in any more.',
          ]
        : ['Without ssl_crl a revoked certificate gets in until it expires.']),
      'nginx knows the SHA-1 fingerprint only. It is compared after the authority’s signature was checked, and does not replace that.',
      onlyFromProxy,
    ],
    files: [
      {
        name: `/etc/nginx/conf.d/${host}.conf`,
        language: 'nginx',
        text: text([
          comment([
            ...purposeOf(wish),
            'This file belongs into the http block: nginx.conf includes conf.d/*.conf there.',
          ]),
          '',
          ...pinMap(pin),
          'server {',
          `    listen ${listenOn(wish)} ssl;`,
          `    server_name ${host};`,
          '',
          comment(['What callers see: your certificate first, then its intermediates, in one file.'], '#', '    '),
          `    ssl_certificate     ${certificate};`,
          `    ssl_certificate_key ${key};`,
          '    ssl_protocols       TLSv1.2 TLSv1.3;',
          '',
          comment(
            ['Who gets in. The file goes up to the root: nginx trusts no chain that ends at an intermediate.'],
            '#',
            '    ',
          ),
          `    ssl_client_certificate ${clientCa};`,
          comment(
            ['Not “optional”, which lets everybody in, and not “optional_no_ca”, which believes any signature.'],
            '#',
            '    ',
          ),
          '    ssl_verify_client on;',
          comment(['Certificates between the caller’s and the root.'], '#', '    '),
          `    ssl_verify_depth ${depth};`,
          ...(crl
            ? [
                comment(
                  [
                    'Revoked certificates are refused. Once a list is named, nginx wants one of each authority of the chain,',
                    'the root’s too: put all of them into this file, one after the other.',
                  ],
                  '#',
                  '    ',
                ),
                `    ssl_crl ${crl};`,
              ]
            : []),
          comment(
            ['A resumed session is not checked again: with these two, each call is held against the present list.'],
            '#',
            '    ',
          ),
          '    ssl_session_tickets off;',
          '    ssl_session_cache   off;',
          '',
          ...(pin ? ['    if ($caller_is_pinned = 0) { return 403; }', ''] : []),
          '    location / {',
          comment(
            [
              'Who called, for the application. proxy_set_header puts its value in place of what the caller sent under',
              'that name; spellings with underscores are dropped, as long as underscores_in_headers stays off.',
            ],
            '#',
            '        ',
          ),
          `        proxy_set_header ${headers.subject} $ssl_client_s_dn;`,
          comment(['SHA-1, in hex.'], '#', '        '),
          `        proxy_set_header ${headers.fingerprint} $ssl_client_fingerprint;`,
          comment(['PEM, with everything but letters and digits as %xx.'], '#', '        '),
          `        proxy_set_header ${headers.certificate} $ssl_client_escaped_cert;`,
          '        proxy_set_header Host $host;',
          `        proxy_pass ${upstream};`,
          '    }',
          '}',
        ]),
      },
    ],
  }
}

function pinMap(pin: ServerWish['pin']): string[] {
  if (!pin) return []
  if (pin.by === 'certificate') {
    return [
      comment(['Of all that the authority has issued, this one certificate gets in.']),
      'map $ssl_client_fingerprint $caller_is_pinned {',
      '    default 0;',
      `    ${pin.sha1} 1;`,
      '}',
      '',
    ]
  }
  return [
    comment([
      'Of all that the authority has issued, only this name gets in. The subject is written after RFC 2253: parts stand',
      'between commas, and a comma inside a value has a backslash (\\x5c) before it, so that none can pass for a part.',
    ]),
    'map $ssl_client_s_dn $caller_is_pinned {',
    '    default 0;',
    `    "~(?:^|(?<!\\x5c)[,+])CN=${pin.name.replaceAll('.', '[.]')}(?=[,+]|$)" 1;`,
    '}',
    '',
  ]
}
