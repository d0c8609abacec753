import type { Configure } from './configuration.ts'
import { comment, purposeOf, text } from './pieces.ts'
import type { ServerPin } from './server-wish.ts'

const note = (indent: number, ...lines: string[]) => comment(lines, '#', ' '.repeat(indent))

/** Envoy, as a whole static configuration. It is on BoringSSL; the door is shut in the handshake. */
export const envoy: Configure = (wish) => {
  const { address = '0.0.0.0', certificate, clientCa, crl, depth, headers, key, pin, port, upstream } = wish
  const [application = '', applicationPort = ''] = upstream.replace('http://', '').split(':')
  return {
    needs: 'Envoy 1.24 or later (API v3)',
    prepare: [],
    check: 'envoy --mode validate -c envoy.yaml',
    reload: 'systemctl restart envoy',
    refusesRevoked: crl !== undefined,
    proven: null,
    caveats: [
      'Envoy reads the files of a static configuration once: a new list or certificate needs a restart, or secrets by SDS.',
      ...(pin?.by === 'name'
        ? ['The name is looked for among the DNS names of the certificate; Envoy does not look at the common name.']
        : []),
      ...(crl ? [] : ['Without crl a revoked certificate gets in until it expires.']),
      'allow_expired_certificate and trust_chain_verification: ACCEPT_UNTRUSTED open the door: neither stands here.',
      'The application must be reachable through Envoy only: whoever reaches it directly can send these headers.',
    ],
    files: [
      {
        name: 'envoy.yaml',
        language: 'yaml',
        text: text([
          comment(purposeOf(wish)),
          'static_resources:',
          '  listeners:',
          '    - name: webhooks',
          '      address:',
          `        socket_address: { address: "${address}", port_value: ${port} }`,
          '      filter_chains:',
          '        - transport_socket:',
          '            name: envoy.transport_sockets.tls',
          '            typed_config:',
          '              "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext',
          note(14, 'Without this line a caller need not bring a certificate at all; one that is brought is checked.'),
          '              require_client_certificate: true',
          note(14, 'A resumed session is not checked again: with these two, none is resumed.'),
          '              disable_stateless_session_resumption: true',
          '              disable_stateful_session_resumption: true',
          '              common_tls_context:',
          '                tls_params: { tls_minimum_protocol_version: TLSv1_2, tls_maximum_protocol_version: TLSv1_3 }',
          '                tls_certificates:',
          `                  - certificate_chain: { filename: "${certificate}" }`,
          `                    private_key: { filename: "${key}" }`,
          '                validation_context:',
          note(18, 'Who gets in, up to the root.'),
          `                  trusted_ca: { filename: "${clientCa}" }`,
          note(18, 'Certificates between the caller’s and the root.'),
          `                  max_verify_depth: ${depth}`,
          ...(crl
            ? [
                note(
                  18,
                  'With a list of one authority, Envoy wants one of each authority of the chain, all in this file;',
                  'only_verify_leaf_cert_crl: true would look at the caller’s certificate alone.',
                ),
                `                  crl: { filename: "${crl}" }`,
              ]
            : []),
          ...(pin ? pinned(pin) : []),
          '          filters:',
          '            - name: envoy.filters.network.http_connection_manager',
          '              typed_config:',
          '                "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
          '                stat_prefix: webhooks',
          note(16, 'x-forwarded-client-cert as the caller sent it goes, and Envoy writes its own.'),
          '                forward_client_cert_details: SANITIZE_SET',
          '                set_current_client_cert_details: { subject: true, dns: true }',
          note(16, 'Applications may take X_Client for X-Client: what callers send with underscores is dropped.'),
          '                common_http_protocol_options: { headers_with_underscores_action: DROP_HEADER }',
          '                http_filters:',
          '                  - name: envoy.filters.http.router',
          '                    typed_config:',
          '                      "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router',
          '                route_config:',
          '                  virtual_hosts:',
          '                    - name: webhooks',
          '                      domains: ["*"]',
          note(22, 'Who called, for the application, in place of what the caller sent under these names.'),
          '                      request_headers_to_add:',
          ...header(headers.subject, '%DOWNSTREAM_PEER_SUBJECT%'),
          ...header(headers.fingerprint, '%DOWNSTREAM_PEER_FINGERPRINT_256%', 'SHA-256, in hex.'),
          ...header(headers.certificate, '%DOWNSTREAM_PEER_CERT%', 'PEM, with %xx for what does not fit a header.'),
          '                      routes:',
          '                        - match: { prefix: "/" }',
          '                          route: { cluster: application }',
          '  clusters:',
          '    - name: application',
          '      type: STRICT_DNS',
          '      load_assignment:',
          '        cluster_name: application',
          '        endpoints:',
          '          - lb_endpoints:',
          '              - endpoint:',
          '                  address:',
          `                    socket_address: { address: "${application}", port_value: ${applicationPort} }`,
        ]),
      },
    ],
  }
}

const header = (name: string, value: string, says?: string): string[] => [
  ...(says ? [note(24, says)] : []),
  `                        - header: { key: "${name}", value: "${value}" }`,
  '                          append_action: OVERWRITE_IF_EXISTS_OR_ADD',
]

const pinned = (pin: ServerPin): string[] =>
  pin.by === 'name'
    ? [
        note(18, 'Of all that the authority has issued, only this name gets in.'),
        '                  match_typed_subject_alt_names:',
        `                    - { san_type: DNS, matcher: { exact: "${pin.name}" } }`,
      ]
    : [
        note(18, 'Of all that the authority has issued, this one certificate gets in: SHA-256 of it.'),
        '                  verify_certificate_hash:',
        `                    - "${pin.sha256}"`,
      ]
