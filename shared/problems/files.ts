import type { WordsOf } from '../words.ts'

/** What turns up in place of a certificate or key, and is recognised but of no use here. */
export type SomethingElse =
  | 'web-page'
  | 'archive'
  | 'pdf'
  | 'parameters'
  | 'attribute-certificate'
  | 'ocsp-response'
  | 'openpgp'
  | 'ssh-certificate'

export type FileProblem =
  | { code: 'file.not-found'; name: string }
  | { code: 'file.not-readable'; name: string }
  | { code: 'file.not-writable'; name: string }
  | { code: 'file.too-large'; name: string; bytes: number; limit: number }
  | { code: 'file.too-many'; count: number; limit: number }
  | { code: 'file.too-much'; name: string; limit: number }
  | { code: 'file.not-kept' }
  | { code: 'file.exists'; name: string }
  | { code: 'file.empty'; name: string }
  | { code: 'file.folder-empty'; name: string }
  | { code: 'file.unknown-kind'; name: string }
  | { code: 'file.something-else'; name: string; what: SomethingElse }
  | { code: 'file.damaged'; name: string; what: string }
  | { code: 'file.took-too-long'; name: string; limitMs: number }
  | { code: 'file.took-too-much'; name: string; limitMiB: number }
  | { code: 'file.stopped-reader'; name: string }
  | { code: 'file.too-many-objects'; name: string; limit: number }
  | { code: 'object.not-found' }
  | { code: 'object.holds-key'; name: string }
  | { code: 'object.no-such-form'; name: string; form: 'PEM' | 'DER' }
  | { code: 'object.nothing-to-repair'; name: string }
  | { code: 'address.invalid'; address: string }
  | { code: 'address.unreached'; address: string; says: string; next: string }
  | { code: 'address.no-certificate'; address: string }
  | { code: 'capture.not-one'; name: string }
  | { code: 'capture.no-tls'; name: string; packets: number }

const kib = (bytes: number) =>
  bytes >= 1048576 ? `${Math.ceil(bytes / 1048576)} MiB` : `${Math.ceil(bytes / 1024)} KiB`

const somethingElse: Record<SomethingElse, { is: string; cause: string; next: string }> = {
  'web-page': {
    is: 'a web page, not a certificate',
    cause: 'A sign-in or error page was saved in place of the download.',
    next: 'Sign in to the provider’s portal and download the file again.',
  },
  archive: {
    is: 'an archive',
    cause: 'Providers often send several files in one ZIP.',
    next: 'Unpack it and choose the files inside.',
  },
  pdf: {
    is: 'a PDF document, not a certificate',
    cause: 'The instructions were chosen in place of the certificate.',
    next: 'Choose the certificate file itself.',
  },
  parameters: {
    is: 'parameters for a key, without a key',
    cause: 'Parameters lie in a file of their own when a key was made in two steps.',
    next: 'Choose the file that holds the key.',
  },
  'attribute-certificate': {
    is: 'an attribute certificate',
    cause: 'It grants rights to the holder of another certificate, and has no key.',
    next: 'Choose the certificate that holds the public key.',
  },
  'ocsp-response': {
    is: 'an answer about a certificate (OCSP), not a certificate',
    cause: 'It was saved while the certificate’s revocation was checked.',
    next: 'Choose the certificate itself.',
  },
  openpgp: {
    is: 'an OpenPGP key or message',
    cause: 'Mail encryption uses keys of another kind.',
    next: 'Choose the X.509 certificate or its key.',
  },
  'ssh-certificate': {
    is: 'an SSH certificate',
    cause: 'SSH uses certificates of another kind.',
    next: 'Choose the X.509 certificate.',
  },
}

export const fileWords: WordsOf<FileProblem> = {
  'file.not-found': (p) => ({
    title: `There is no file “${p.name}”`,
    causes: ['It was moved, renamed or removed since it was chosen.'],
    next: 'Choose the file again.',
  }),
  'file.not-readable': (p) => ({
    title: `“${p.name}” could not be read`,
    causes: ['The file belongs to another user, or is locked by another program.'],
    next: 'Check the file’s permissions, or copy it to a folder of yours.',
  }),
  'file.not-writable': (p) => ({
    title: `“${p.name}” could not be written`,
    causes: ['The folder is read-only, the disk is full, or another program holds the file.'],
    next: 'Choose another folder. Nothing was left half-written.',
  }),
  'file.too-large': (p) => ({
    title: `“${p.name}” is ${kib(p.bytes)}; the limit is ${kib(p.limit)}`,
    causes: ['Certificates and keys are small files: this is probably something else.'],
    next: 'Choose the certificate, request or key file itself.',
  }),
  'file.too-many': (p) => ({
    title: `${p.count} files at once; the limit is ${p.limit}`,
    causes: ['A whole folder tree was dropped.'],
    next: 'Drop the folder that holds the certificates.',
  }),
  'file.too-much': (p) => ({
    title: `“${p.name}” was left out: together the files are larger than ${kib(p.limit)}`,
    causes: ['Many large files were dropped at once.'],
    next: 'Drop fewer files at a time.',
  }),
  'file.not-kept': () => ({
    title: 'What was dropped is no longer in memory',
    causes: ['The last four drops are kept, for an hour after they were last looked at.'],
    next: 'Drop or choose the file again.',
  }),
  'file.exists': (p) => ({
    title: `“${p.name}” is there already`,
    causes: ['A file of that name would have been overwritten.'],
    next: 'Choose another folder or name.',
  }),
  'file.empty': (p) => ({
    title: `“${p.name}” is empty`,
    causes: ['The download or copy stopped before it began.'],
    next: 'Download or copy the file again.',
  }),
  'file.folder-empty': (p) => ({
    title: `There are no files in the folder “${p.name}”`,
    causes: ['It is another folder than was meant, or its files lie in a hidden folder.'],
    next: 'Choose the folder that holds the certificates.',
  }),
  'file.unknown-kind': (p) => ({
    title: `“${p.name}” holds no certificate, request, key or list`,
    causes: ['It is a file of another kind, or its content was altered on the way.'],
    next: 'Choose a file that begins with “-----BEGIN”, or a .cer, .der, .p12, .p7b file.',
  }),
  'file.something-else': (p) => ({
    title: `“${p.name}” is ${somethingElse[p.what].is}`,
    causes: [somethingElse[p.what].cause],
    next: somethingElse[p.what].next,
  }),
  'file.damaged': (p) => ({
    title: `The ${p.what} in “${p.name}” is damaged`,
    causes: ['The file was cut off, or a mail program or editor altered it.'],
    next: 'Get the file again, as an attachment or archive rather than pasted text.',
  }),
  'file.took-too-long': (p) => ({
    title: `Reading “${p.name}” was stopped after ${Math.round(p.limitMs / 1000)} seconds`,
    causes: ['The file is built in a way that takes extreme effort to read, by accident or on purpose.'],
    next: 'Treat the file with suspicion, and ask its sender for another copy.',
  }),
  'file.took-too-much': (p) => ({
    title: `Reading “${p.name}” was stopped: it asked for more than ${p.limitMiB} MiB of memory`,
    causes: ['The file unfolds into far more than it holds, by accident or on purpose.'],
    next: 'Treat the file with suspicion, and ask its sender for another copy.',
  }),
  'file.stopped-reader': (p) => ({
    title: `“${p.name}” could not be read: the process that reads files ended on it`,
    causes: ['The file meets a fault of the app, or that process was ended from outside.'],
    next: 'Drop the file once more. If it happens again, report it with the kind of file it is.',
  }),
  'file.too-many-objects': (p) => ({
    title: `“${p.name}” was not read to its end: a drop may hold ${p.limit.toLocaleString('en-GB')} objects`,
    causes: ['Whole directories or logs of certificates were dropped at once.'],
    next: 'Drop fewer files at a time, or split the file.',
  }),
  'object.not-found': () => ({
    title: 'This object is not in what was dropped',
    causes: ['It was dropped anew since, or opened with a passphrase that is forgotten by now.'],
    next: 'Drop or choose the file again.',
  }),
  'object.holds-key': (p) => ({
    title: `“${p.name}” holds a private key: its bytes are not shown`,
    causes: ['What stands on a screen can be read by others and copied by other programs.'],
    next: 'Save it to a file instead.',
  }),
  'object.no-such-form': (p) => ({
    title: `“${p.name}” cannot be saved as ${p.form}`,
    causes: [
      'Not every format has both forms: bundles and keystores are binary, some encrypted keys are text only.',
      'A key inside a bundle is saved with the bundle, which protects it.',
    ],
    next: 'Save it in the other form, or save the file it lies in.',
  }),
  'object.nothing-to-repair': (p) => ({
    title: `There is nothing to repair in “${p.name}”`,
    causes: ['Programs read it as it is, or it is too damaged to be written anew.'],
    next: 'Use the file as it is, or ask its sender for another copy.',
  }),
  'address.invalid': (p) => ({
    title: `“${p.address}” is not an address to look at`,
    causes: ['It lacks the port, has spaces, or names a user.'],
    next: 'Enter host and port, such as api.example.com:443.',
  }),
  'address.unreached': (p) => ({
    title: `No certificates from ${p.address}. ${p.says}`,
    causes: ['The server sends its certificates at the start of the TLS handshake, which did not get that far.'],
    next: p.next,
  }),
  'address.no-certificate': (p) => ({
    title: `${p.address} sends no certificate`,
    causes: ['The server ended the handshake first, or uses a kind of TLS without certificates.'],
    next: 'Check host and port, and whether the server wants another host name.',
  }),
  'capture.not-one': (p) => ({
    title: `“${p.name}” is no recording of network traffic`,
    causes: ['It is a file of another kind, or still packed.'],
    next: 'Choose a .pcapng or .pcap file, as Wireshark and tcpdump save them.',
  }),
  'capture.no-tls': (p) => ({
    title: `No TLS connection is in “${p.name}”`,
    causes: [
      p.packets === 0
        ? 'It holds no packets.'
        : `Its packets (${p.packets}) are of other protocols, of a link that is not read here, or were recorded too late.`,
    ],
    next: 'Record again, beginning before the connection is made, and without cutting packets short.',
  }),
}
