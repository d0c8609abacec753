import { type Dialect, jsonQuote, lines, passphraseVariable, type SnippetCall } from '../snippet.ts'

export const inJava: Dialect = {
  quote: jsonQuote,
  env: (variable) => `System.getenv("${variable}")`,
  // Made for forms, where a blank is a plus.
  envInUrl: (variable) => `URLEncoder.encode(System.getenv("${variable}"), StandardCharsets.UTF_8).replace("+", "%20")`,
  plus: ' + ',
}

export const blanksInUrl = ({ url, blanks }: SnippetCall) => blanks.some((blank) => url.includes(`{${blank}}`))

/** A bundle always has a passphrase in Java; an open one has the empty one. */
export const passphraseInJava = ({ locked }: SnippetCall) =>
  locked ? `System.getenv("${passphraseVariable}").toCharArray()` : 'new char[0]'

/** Imports for `contextInJava`. */
export const contextImports = ({ files }: SnippetCall): string[] => [
  'java.io.InputStream',
  'java.nio.file.Files',
  'java.nio.file.Path',
  'java.security.KeyStore',
  ...(files.serverCa ? ['java.security.cert.Certificate', 'java.security.cert.CertificateFactory'] : []),
  'javax.net.ssl.KeyManagerFactory',
  'javax.net.ssl.SSLContext',
  ...(files.serverCa ? ['javax.net.ssl.TrustManagerFactory'] : []),
]

export const importLines = (names: readonly string[]): string =>
  lines([...new Set(names)].sort().map((name) => `import ${name};`))

/** A method `context()` that presents the bundle and trusts what the file of the server's authorities holds. */
export function contextInJava(call: SnippetCall): string {
  const { files } = call
  const trust = files.serverCa
    ? [
        '    KeyStore trusted = KeyStore.getInstance("PKCS12");',
        '    trusted.load(null, null);',
        `    try (InputStream in = Files.newInputStream(Path.of(${jsonQuote(files.serverCa)}))) {`,
        '      int number = 0;',
        '      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {',
        '        trusted.setCertificateEntry("ca-" + number++, one);',
        '      }',
        '    }',
        '    TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());',
        '    trust.init(trusted);',
      ]
    : []
  return lines(
    '  static SSLContext context() throws Exception {',
    `    char[] passphrase = ${passphraseInJava(call)};`,
    '    KeyStore own = KeyStore.getInstance("PKCS12");',
    `    try (InputStream in = Files.newInputStream(Path.of(${jsonQuote(files.bundle)}))) {`,
    '      own.load(in, passphrase);',
    '    }',
    '    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());',
    '    keys.init(own, passphrase);',
    trust,
    '    SSLContext context = SSLContext.getInstance("TLS");',
    `    context.init(keys.getKeyManagers(), ${files.serverCa ? 'trust.getTrustManagers()' : 'null'}, null);`,
    '    return context;',
    '  }',
  )
}
