import type { Configure } from './configuration.ts'
import { comment, purposeOf, text } from './pieces.ts'
import type { ServerPin, ServerWish } from './server-wish.ts'

const note = (...lines: string[]) => comment(lines, '//')
const inside = (...lines: string[]) => comment(lines, '//', '\t')

/** Go's net/http and crypto/tls, which check no revocation lists by themselves. */
export const go: Configure = (wish) => {
  const { certificate, clientCa, crl, key, pin } = wish
  return {
    needs: 'Go 1.19 or later',
    prepare: [],
    check: 'go vet ./...',
    reload: crl ? 'kill -HUP $(pgrep -x door)' : 'systemctl restart door',
    refusesRevoked: crl !== undefined,
    proven: 'Go 1.19',
    caveats: [
      crl
        ? 'crypto/tls knows no revocation lists: the program reads them, and refuses where it cannot check. It looks at the whole chain below the root.'
        : 'crypto/tls knows no revocation lists: a revoked certificate gets in until it expires.',
      'A caller is refused by bad_certificate (42), whatever is wrong with the certificate: the log of net/http has the reason.',
      'There is no setting for the depth of the chain; key usage is not looked at, extended key usage is.',
    ],
    files: [
      {
        name: 'main.go',
        language: 'go',
        text: text([
          note(...purposeOf(wish), 'Go ends TLS itself here, so no header says who called: the connection does.'),
          'package main',
          '',
          'import (',
          ...importsOf(wish).map((name) => `\t"${name}"`),
          ')',
          '',
          ...(crl ? lists(crl) : []),
          ...(pin ? pinned(pin) : []),
          'func main() {',
          `\tpem, err := os.ReadFile("${clientCa}")`,
          '\tif err != nil {',
          '\t\tlog.Fatal(err)',
          '\t}',
          '\tpool := x509.NewCertPool()',
          '\tif !pool.AppendCertsFromPEM(pem) {',
          `\t\tlog.Fatal("no certificate in ${clientCa}")`,
          '\t}',
          ...(crl
            ? ['\tif err := readLists(); err != nil {', '\t\tlog.Fatal(err)', '\t}', '\tgo rereadOnSignal()']
            : []),
          '\tserver := &http.Server{',
          `\t\tAddr: "${wish.address === undefined ? '' : wish.address.includes(':') ? `[${wish.address}]` : wish.address}:${wish.port}",`,
          '\t\tTLSConfig: &tls.Config{',
          '\t\t\tMinVersion: tls.VersionTLS12,',
          comment(
            [
              'RequireAnyClientCert would believe any signature, VerifyClientCertIfGiven would let in callers without one.',
            ],
            '//',
            '\t\t\t',
          ),
          '\t\t\tClientAuth: tls.RequireAndVerifyClientCert,',
          comment(['Who gets in. Left empty, the roots of the system would count.'], '//', '\t\t\t'),
          '\t\t\tClientCAs: pool,',
          ...(crl || pin
            ? [
                comment(
                  ['Not VerifyPeerCertificate: that one is not asked when a session is resumed.'],
                  '//',
                  '\t\t\t',
                ),
                '\t\t\tVerifyConnection: admit,',
              ]
            : []),
          '\t\t},',
          '\t\tHandler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {',
          comment(['From the connection and nowhere else: headers are whatever the caller writes.'], '//', '\t\t\t'),
          '\t\t\tpeer := r.TLS.PeerCertificates[0]',
          '\t\t\tsum := sha256.Sum256(peer.Raw)',
          '\t\t\tw.Header().Set("Content-Type", "application/json")',
          '\t\t\tjson.NewEncoder(w).Encode(map[string]any{"caller": map[string]string{',
          '\t\t\t\t"subject": peer.Subject.String(), "fingerprint": hex.EncodeToString(sum[:]),',
          '\t\t\t}})',
          '\t\t}),',
          '\t}',
          inside('What callers see: your certificate first, then its intermediates, in one file; and its key.'),
          `\tlog.Fatal(server.ListenAndServeTLS("${certificate}", "${key}"))`,
          '}',
          ...(crl || pin ? ['', ...admit(wish)] : []),
        ]),
      },
    ],
  }
}

function importsOf({ crl, pin }: ServerWish): string[] {
  return [
    ...(crl ? ['bytes'] : []),
    'crypto/sha256',
    'crypto/tls',
    'crypto/x509',
    'encoding/hex',
    'encoding/json',
    ...(crl ? ['encoding/pem'] : []),
    ...(crl || pin ? ['errors'] : []),
    'log',
    'net/http',
    'os',
    ...(crl ? ['os/signal', 'sync/atomic', 'syscall', 'time'] : []),
  ]
}

const lists = (crl: string): string[] => [
  note(
    'The lists by the name of their issuer, as it is encoded. A pointer that is swapped whole: calls run meanwhile.',
  ),
  'var lists atomic.Pointer[map[string]*x509.RevocationList]',
  '',
  'func readLists() error {',
  `\trest, err := os.ReadFile("${crl}")`,
  '\tif err != nil {',
  '\t\treturn err',
  '\t}',
  '\tread := map[string]*x509.RevocationList{}',
  '\tfor block, rest := pem.Decode(rest); block != nil; block, rest = pem.Decode(rest) {',
  '\t\tlist, err := x509.ParseRevocationList(block.Bytes)',
  '\t\tif err != nil {',
  '\t\t\treturn err',
  '\t\t}',
  '\t\tread[string(list.RawIssuer)] = list',
  '\t}',
  '\tif len(read) == 0 {',
  `\t\treturn errors.New("no list in ${crl}")`,
  '\t}',
  '\tlists.Store(&read)',
  '\treturn nil',
  '}',
  '',
  note('kill -HUP: a new list counts from the next connection on. What cannot be read leaves the old one.'),
  'func rereadOnSignal() {',
  '\thangups := make(chan os.Signal, 1)',
  '\tsignal.Notify(hangups, syscall.SIGHUP)',
  '\tfor range hangups {',
  '\t\tif err := readLists(); err != nil {',
  '\t\t\tlog.Print("the old list stays in use: ", err)',
  '\t\t}',
  '\t}',
  '}',
  '',
  note(
    `Every certificate below the root must stand under a list of its issuer that is signed, present, and does not name`,
    'it. No list, no entry: who cannot be checked does not get in.',
  ),
  'func notRevoked(chain []*x509.Certificate) error {',
  '\tfor i := 0; i+1 < len(chain); i++ {',
  '\t\tcertificate, issuer := chain[i], chain[i+1]',
  '\t\tlist := (*lists.Load())[string(certificate.RawIssuer)]',
  '\t\tif list == nil {',
  '\t\t\treturn errors.New("no revocation list of " + issuer.Subject.String())',
  '\t\t}',
  '\t\tif err := list.CheckSignatureFrom(issuer); err != nil {',
  '\t\t\treturn err',
  '\t\t}',
  '\t\tif !bytes.Equal(list.RawIssuer, issuer.RawSubject) || time.Now().After(list.NextUpdate) {',
  '\t\t\treturn errors.New("the revocation list of " + issuer.Subject.String() + " is over")',
  '\t\t}',
  '\t\tfor _, revoked := range list.RevokedCertificates {',
  '\t\t\tif revoked.SerialNumber.Cmp(certificate.SerialNumber) == 0 {',
  '\t\t\t\treturn errors.New("revoked: " + certificate.Subject.String())',
  '\t\t\t}',
  '\t\t}',
  '\t}',
  '\treturn nil',
  '}',
  '',
]

const pinned = (pin: ServerPin): string[] => [
  pin.by === 'name'
    ? note('Of all that the authority has issued, only this name gets in: among the DNS names, or as common name.')
    : note('Of all that the authority has issued, this one certificate gets in: SHA-256 of it.'),
  'func isPinned(peer *x509.Certificate) bool {',
  ...(pin.by === 'name'
    ? [`\treturn peer.VerifyHostname("${pin.name}") == nil || peer.Subject.CommonName == "${pin.name}"`]
    : ['\tsum := sha256.Sum256(peer.Raw)', `\treturn hex.EncodeToString(sum[:]) == "${pin.sha256}"`]),
  '}',
  '',
]

const admit = ({ crl, pin }: ServerWish): string[] => [
  'func admit(state tls.ConnectionState) error {',
  ...(pin
    ? [
        '\tif !isPinned(state.PeerCertificates[0]) {',
        '\t\treturn errors.New("another client of the same authority")',
        '\t}',
      ]
    : []),
  ...(crl
    ? [
        '\tvar last error = errors.New("no chain")',
        '\tfor _, chain := range state.VerifiedChains {',
        '\t\tif last = notRevoked(chain); last == nil {',
        '\t\t\treturn nil',
        '\t\t}',
        '\t}',
        '\treturn last',
      ]
    : ['\treturn nil']),
  '}',
]
