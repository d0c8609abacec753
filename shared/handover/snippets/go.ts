import {
  type Dialect,
  expressionOf,
  jsonQuote,
  lines,
  passphraseVariable,
  type SnippetKind,
  trusts,
} from '../snippet.ts'

const inGo: Dialect = {
  quote: jsonQuote,
  env: (variable) => `os.Getenv("${variable}")`,
  envInUrl: (variable) => `url.PathEscape(os.Getenv("${variable}"))`,
  plus: ' + ',
}

/** Go's own library opens no protected key, so a protected one comes out of the bundle, by the package that reads them all. */
export const go: SnippetKind = {
  id: 'go',
  name: 'Go, net/http',
  language: 'go',
  file: 'main.go',
  needs: 'Go 1.18 or newer',
  run: 'go run main.go',
  trust: trusts('the system’s authorities'),
  notes: ({ locked }) =>
    locked ? ['Before the first run: go mod init call && go get software.sslmate.com/src/go-pkcs12@v0.4.0'] : [],
  write({ url, method, headers, body, files, blanks, locked }) {
    const used = (texts: string[]) => blanks.some((blank) => texts.some((text) => text.includes(`{${blank}}`)))
    const readsEnvironment = locked || files.serverCa || used([url, body ?? '', ...headers.map(({ value }) => value)])
    const packages = [
      'crypto/tls',
      ...(files.serverCa ? ['crypto/x509'] : []),
      'fmt',
      'io',
      'net/http',
      ...(used([url]) ? ['net/url'] : []),
      ...(readsEnvironment ? ['os'] : []),
      ...(body === undefined ? [] : ['strings']),
    ].map((name) => `\t"${name}"`)
    const own = locked
      ? [
          `\tbundle := must(os.ReadFile(${jsonQuote(files.bundle)}))`,
          `\tkey, leaf, issuers, err := pkcs12.DecodeChain(bundle, os.Getenv("${passphraseVariable}"))`,
          '\tif err != nil {',
          '\t\tpanic(err)',
          '\t}',
          '\tcertificate := tls.Certificate{PrivateKey: key, Certificate: [][]byte{leaf.Raw}}',
          '\tfor _, issuer := range issuers {',
          '\t\tcertificate.Certificate = append(certificate.Certificate, issuer.Raw)',
          '\t}',
        ]
      : [`\tcertificate := must(tls.LoadX509KeyPair(${jsonQuote(files.certificate)}, ${jsonQuote(files.key)}))`]
    return lines(
      'package main',
      '',
      'import (',
      packages,
      locked && ['', '\t"software.sslmate.com/src/go-pkcs12"'],
      ')',
      '',
      'func must[T any](value T, err error) T {',
      '\tif err != nil {',
      '\t\tpanic(err)',
      '\t}',
      '\treturn value',
      '}',
      '',
      'func main() {',
      own,
      '\tconfig := &tls.Config{Certificates: []tls.Certificate{certificate}}',
      files.serverCa && [
        '\tconfig.RootCAs = x509.NewCertPool()',
        `\tconfig.RootCAs.AppendCertsFromPEM(must(os.ReadFile(${jsonQuote(files.serverCa)})))`,
      ],
      '\tclient := http.Client{Transport: &http.Transport{TLSClientConfig: config, ForceAttemptHTTP2: true}}',
      `\trequest := must(http.NewRequest(${jsonQuote(method)}, ${expressionOf(url, blanks, inGo, 'url')}, ${
        body === undefined ? 'nil' : `strings.NewReader(${expressionOf(body, blanks, inGo)})`
      }))`,
      headers.map(
        ({ name, value }) => `\trequest.Header.Set(${jsonQuote(name)}, ${expressionOf(value, blanks, inGo)})`,
      ),
      '\tanswer := must(client.Do(request))',
      '\tdefer answer.Body.Close()',
      '\tfmt.Println(answer.StatusCode)',
      '\tfmt.Println(string(must(io.ReadAll(answer.Body))))',
      '}',
    )
  },
}
