import { expressionOf, jsonQuote, lines, passphraseVariable, type SnippetKind, trusts } from '../snippet.ts'
import { blanksInUrl, importLines, inJava } from './java.ts'

/** Spring Boot's own way: the files are named in the configuration, and a client is made from the bundle of that name. */
export const spring: SnippetKind = {
  id: 'spring',
  name: 'Spring, RestClient',
  language: 'java',
  file: 'ProviderClient.java',
  needs: 'Spring Boot 3.2 or newer, Java 17 or newer',
  run: 'as a part of the application',
  trust: trusts('the authorities that come with Java (cacerts)'),
  notes: () => ['The lines at the top belong into application.yml.'],
  write(call) {
    const { url, method, headers, body, files, blanks, locked } = call
    const yaml = [
      'spring:',
      '  ssl:',
      '    bundle:',
      '      pem:',
      '        provider:',
      '          keystore:',
      `            certificate: ${jsonQuote(`file:${files.certificate}`)}`,
      `            private-key: ${jsonQuote(`file:${files.key}`)}`,
      ...(locked ? [`            private-key-password: "\${${passphraseVariable}}"`] : []),
      ...(files.serverCa
        ? ['          truststore:', `            certificate: ${jsonQuote(`file:${files.serverCa}`)}`]
        : []),
    ]
    return lines(
      '/*',
      yaml.map((line) => ` * ${line}`.replaceAll('*/', '*\\/')),
      ' */',
      importLines([
        ...(blanksInUrl(call) ? ['java.net.URLEncoder', 'java.nio.charset.StandardCharsets'] : []),
        'java.net.URI',
        'org.springframework.boot.autoconfigure.web.client.RestClientSsl',
        'org.springframework.http.HttpMethod',
        'org.springframework.stereotype.Component',
        'org.springframework.web.client.RestClient',
      ]),
      '@Component',
      'class ProviderClient {',
      '  private final RestClient client;',
      '',
      '  ProviderClient(RestClient.Builder builder, RestClientSsl ssl) {',
      '    client = builder.apply(ssl.fromBundle("provider")).build();',
      '  }',
      '',
      '  String call() {',
      '    return client',
      `        .method(HttpMethod.valueOf(${jsonQuote(method)}))`,
      `        .uri(URI.create(${expressionOf(url, blanks, inJava, 'url')}))`,
      headers.map(({ name, value }) => `        .header(${jsonQuote(name)}, ${expressionOf(value, blanks, inJava)})`),
      body !== undefined && `        .body(${expressionOf(body, blanks, inJava)})`,
      '        .retrieve()',
      '        .body(String.class);',
      '  }',
      '}',
    )
  },
}
