import type { ConfigurationFile, Configure } from './configuration.ts'
import { comment, purposeOf, text } from './pieces.ts'
import type { ServerPin, ServerWish } from './server-wish.ts'

/** Spring Boot with its embedded Tomcat. The door is shut in the handshake, by Java's PKIX. */
export const springBoot: Configure = (wish) => {
  const { crl, pin } = wish
  return {
    needs: 'Spring Boot 3.2 to 3.5 with the embedded Tomcat (spring-boot-starter-web), Java 17 or later',
    prepare: [],
    check: null,
    reload: crl ? 'systemctl restart application' : null,
    refusesRevoked: crl !== undefined,
    proven: null,
    caveats: [
      'client-auth: want lets everybody in; only need refuses.',
      'reload-on-update takes up new certificates and authorities without a restart.',
      crl
        ? 'Java checks the whole chain below the root against the lists: one of each authority, all in the file. Tomcat reads it at start, so a new list needs a restart.'
        : 'Spring Boot has no property for revocation lists: a revoked certificate gets in until it expires.',
      'Behind a proxy that ends TLS none of this counts: then the proxy has to shut the door.',
    ],
    files: [
      {
        name: 'src/main/resources/application.yaml',
        language: 'yaml',
        text: text([
          comment([
            ...purposeOf(wish),
            'Tomcat ends TLS itself here, so no header says who called: the connection does.',
          ]),
          'server:',
          `  port: ${wish.port}`,
          wish.address !== undefined && `  address: "${wish.address}"`,
          '  ssl:',
          '    bundle: door',
          comment(['“want” asks, and lets in whoever has none.'], '#', '    '),
          '    client-auth: need',
          '    enabled-protocols: TLSv1.3,TLSv1.2',
          'spring:',
          '  ssl:',
          '    bundle:',
          '      pem:',
          '        door:',
          comment(['New files count without a restart.'], '#', '          '),
          '          reload-on-update: true',
          '          keystore:',
          comment(
            ['What callers see: your certificate first, then its intermediates, in one file.'],
            '#',
            '            ',
          ),
          `            certificate: "file:${wish.certificate}"`,
          `            private-key: "file:${wish.key}"`,
          '          truststore:',
          comment(['Who gets in. Without it the roots of Java would count.'], '#', '            '),
          `            certificate: "file:${wish.clientCa}"`,
        ]),
      },
      ...(crl ? [revocation(wish, crl)] : []),
      ...(pin ? [pinned(pin)] : []),
    ],
  }
}

const note = (...lines: string[]) => comment(lines, '//')

const revocation = ({ depth }: ServerWish, crl: string): ConfigurationFile => ({
  name: 'src/main/java/com/example/door/RevocationLists.java',
  language: 'java',
  text: text([
    note('Spring Boot has no property for revocation lists; Tomcat below it has one.'),
    'package com.example.door;',
    '',
    'import org.apache.tomcat.util.net.SSLHostConfig;',
    'import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;',
    'import org.springframework.boot.web.server.WebServerFactoryCustomizer;',
    'import org.springframework.stereotype.Component;',
    '',
    '@Component',
    'class RevocationLists implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {',
    '    @Override',
    '    public void customize(TomcatServletWebServerFactory factory) {',
    '        factory.addConnectorCustomizers(connector -> {',
    '            for (SSLHostConfig host : connector.findSslHostConfigs()) {',
    `                host.setCertificateRevocationListFile("${crl}");`,
    '                // Certificates between the caller’s and the root.',
    `                host.setCertificateVerificationDepth(${depth});`,
    '            }',
    '        });',
    '    }',
    '}',
  ]),
})

const pinned = (pin: ServerPin): ConfigurationFile => ({
  name: 'src/main/java/com/example/door/PinnedCaller.java',
  language: 'java',
  text: text([
    pin.by === 'name'
      ? note('Of all that the authority has issued, only this name gets in: the DNS names are compared.')
      : note('Of all that the authority has issued, this one certificate gets in: SHA-256 of it.'),
    'package com.example.door;',
    '',
    'import jakarta.servlet.FilterChain;',
    'import jakarta.servlet.ServletException;',
    'import jakarta.servlet.http.HttpServletRequest;',
    'import jakarta.servlet.http.HttpServletResponse;',
    'import java.io.IOException;',
    ...(pin.by === 'certificate' ? ['import java.security.MessageDigest;'] : []),
    'import java.security.cert.X509Certificate;',
    ...(pin.by === 'certificate' ? ['import java.util.HexFormat;'] : ['import java.util.List;']),
    'import org.springframework.core.Ordered;',
    'import org.springframework.core.annotation.Order;',
    'import org.springframework.stereotype.Component;',
    'import org.springframework.web.filter.OncePerRequestFilter;',
    '',
    '@Component',
    '@Order(Ordered.HIGHEST_PRECEDENCE)',
    'class PinnedCaller extends OncePerRequestFilter {',
    '    @Override',
    '    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)',
    '            throws ServletException, IOException {',
    '        // From the connection and nowhere else: headers are whatever the caller writes.',
    '        var peers = (X509Certificate[]) request.getAttribute("jakarta.servlet.request.X509Certificate");',
    '        if (peers == null || !isPinned(peers[0])) {',
    '            response.sendError(HttpServletResponse.SC_FORBIDDEN);',
    '            return;',
    '        }',
    '        chain.doFilter(request, response);',
    '    }',
    '',
    '    private static boolean isPinned(X509Certificate peer) {',
    '        try {',
    ...(pin.by === 'name'
      ? [
          '            var names = peer.getSubjectAlternativeNames();',
          '            // 2 is dNSName (RFC 5280 section 4.2.1.6).',
          `            return names != null && names.contains(List.of(2, "${pin.name}"));`,
        ]
      : [
          '            var sum = MessageDigest.getInstance("SHA-256").digest(peer.getEncoded());',
          `            return HexFormat.of().formatHex(sum).equals("${pin.sha256}");`,
        ]),
    '        } catch (java.security.GeneralSecurityException unreadable) {',
    '            return false;',
    '        }',
    '    }',
    '}',
  ]),
})
