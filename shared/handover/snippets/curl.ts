import { curlWithSecrets } from '../curl-secrets.ts'
import { encodeFirst, type SnippetKind, trusts } from '../snippet.ts'

export const curl: SnippetKind = {
  id: 'curl',
  name: 'curl',
  language: 'sh',
  file: 'call.sh',
  needs: 'curl 7.61 or newer, with OpenSSL or GnuTLS',
  run: 'sh call.sh',
  trust: trusts('the authorities that curl was built with, usually the system’s'),
  notes: (call) => ['curl with Secure Transport, as older macOS has it, reads bundles only.', ...encodeFirst(call)],
  write: ({ url, method, headers, body, blanks, locked, files }) =>
    curlWithSecrets({
      url,
      method,
      headers,
      body,
      blanks,
      locked,
      files: { certificate: files.certificate, key: files.key, ca: files.serverCa },
    }),
}
