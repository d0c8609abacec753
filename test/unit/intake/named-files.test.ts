import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { namedFiles } from '../../../shared/intake/named-files.ts'

describe('the files that a line names', () => {
  it.each<[string, string, string[], string[]]>([
    [
      'curl with its options',
      'curl -sS --cert client.crt --key ./client.key --cacert /etc/ssl/ca.pem https://api.example.com',
      ['client.crt', './client.key', '/etc/ssl/ca.pem'],
      [],
    ],
    [
      'curl over several lines',
      'curl \\\n  -E "my cert.pem:s3cret" \\\n  --key=k.pem https://x',
      ['my cert.pem', 'k.pem'],
      ['s3cret'],
    ],
    [
      'curl on Windows',
      String.raw`curl.exe --cert C:\certs\a.p12:geheim --cert-type P12`,
      [String.raw`C:\certs\a.p12`],
      ['geheim'],
    ],
    ['curl with --pass', "curl -E c.pem --pass 'two words' https://x", ['c.pem'], ['two words']],
    [
      'an .env file',
      '# mine\nexport SSL_CERT_FILE=/etc/ssl/cert.pem\nCLIENT_KEY="/srv/keys/client key"\nPFX_PASSWORD=abc\nDEBUG=1\nURL=https://x/y',
      ['/etc/ssl/cert.pem', '/srv/keys/client key'],
      ['abc'],
    ],
    [
      'nginx',
      'proxy_ssl_certificate     /etc/nginx/client.pem;\nproxy_ssl_certificate_key /etc/nginx/client;\n# ssl_certificate old.pem;',
      ['/etc/nginx/client.pem', '/etc/nginx/client'],
      [],
    ],
    [
      'Apache httpd',
      'SSLCertificateFile "/etc/apache2/a.crt"\n  SSLCertificateKeyFile /etc/apache2/a.key',
      ['/etc/apache2/a.crt', '/etc/apache2/a.key'],
      [],
    ],
    [
      'Node.js',
      'const agent = new https.Agent({ cert: fs.readFileSync(\'client.crt\'), key: readFileSync("client.key") })',
      ['client.crt', 'client.key'],
      [],
    ],
    [
      'Python',
      "requests.get(url, cert=('client.crt', 'client.key'), verify='ca.pem')",
      ['client.crt', 'client.key', 'ca.pem'],
      [],
    ],
    [
      'Java',
      'java -Djavax.net.ssl.keyStore=/opt/app/client.p12 -Djavax.net.ssl.keyStorePassword=changeit -jar app.jar',
      ['/opt/app/client.p12'],
      ['changeit'],
    ],
    ['bare paths', '/tmp/a.pem\n~/b.key', ['/tmp/a.pem', '~/b.key'], []],
    ['nothing', 'curl https://api.example.com/v1/orders -H "Accept: application/json"', [], []],
  ])('are found in %s', (_, text, files, passphrases) => {
    const named = namedFiles(text)
    expect(named.files.map(({ path }) => path)).toEqual(files)
    expect(named.passphrases).toEqual(passphrases)
  })

  it('with a variable in them are told, not guessed', () => {
    const variable = ['$', '{CERT_DIR}'].join('')
    const named = namedFiles(`curl --cert ${variable}/a.pem --key $HOME/a.key https://x`)
    expect(named.unfilled).toEqual([`${variable}/a.pem`])
    expect(named.files.map(({ path }) => path)).toEqual(['$HOME/a.key'])
  })

  it('are found in any text without a fault, and soon', () => {
    const scraps = fc.constantFrom(
      '--cert ',
      'a.pem',
      ' ',
      '"',
      "'",
      '\\',
      '\n',
      '=',
      ':',
      '$',
      'ssl_certificate ',
      '(',
    )
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 300 }), fc.array(scraps, { maxLength: 80 })), (text) => {
        namedFiles(typeof text === 'string' ? text : text.join(''))
      }),
    )
    const since = performance.now()
    for (const piece of ['"', '\\"', 'a.pem ', '=', "'a", '--cert ', 'A_']) namedFiles(piece.repeat(60_000))
    expect(performance.now() - since).toBeLessThan(1500)
  })
})
