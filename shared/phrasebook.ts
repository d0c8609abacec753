import { authorityWords } from './problems/authority.ts'
import { bookWords } from './problems/book.ts'
import { calendarWords } from './problems/calendar.ts'
import { handoverWords } from './problems/handover.ts'
import { renewalWords } from './problems/renewal.ts'
import { serviceWords } from './problems/signing-services.ts'
import { tokenWords } from './problems/tokens.ts'
import { vaultWords } from './problems/vault.ts'
import { webhookWords } from './problems/webhooks.ts'
import type { Problem, SomethingElse } from './problems.ts'
import type { Words, WordsOf } from './words.ts'

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

const phrasebook: WordsOf<Problem> = {
  'app.unexpected': () => ({
    title: 'Something in Countersign itself went wrong',
    causes: ['A fault in the app, not in your files.'],
    next: 'Try the step again. If it comes back, report it with the steps that led here.',
  }),
  'app.stranger': () => ({
    title: 'A call from an unknown page was refused',
    causes: ['Only the app’s own window may ask for this.'],
    next: 'Close the window and start Countersign again.',
  }),
  'app.input-invalid': (p) => ({
    title: `The value for “${p.field}” is not of the form this step takes`,
    causes: ['The value is too long, of another kind, or was not expected here.'],
    next: 'Check the value and try again.',
  }),
  'app.cancelled': () => ({
    title: 'Cancelled',
    causes: [],
    next: 'Nothing was changed. Start again whenever it suits.',
  }),
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
  'key.passphrase-needed': (p) => ({
    title: `“${p.name}” is protected by a passphrase`,
    causes: [],
    next: 'Enter the passphrase to open it.',
  }),
  'key.passphrase-wrong': (p) => ({
    title: `This passphrase does not open “${p.name}”`,
    causes: ['A typing slip, another keyboard layout, or the passphrase of another file.'],
    next: 'Try again. Nothing is locked by a wrong try.',
  }),
  'key.passphrase-short': (p) => ({
    title: `The passphrase is shorter than ${p.least} characters`,
    causes: [],
    next: `Use at least ${p.least} characters; several words are easy to remember and strong.`,
  }),
  'key.protection-unsupported': (p) => ({
    title: `“${p.name}” is protected by ${p.scheme}, which Countersign does not open`,
    causes: ['The file was written by an uncommon program or with uncommon settings.'],
    next: 'Export it again from the program that made it, with AES-256.',
  }),
  'key.type-unsupported': (p) => ({
    title: `Keys of type ${p.type} are not usable here (“${p.name}”)`,
    causes: ['The key was made for another purpose.'],
    next: 'Create an RSA or EC key for mutual TLS.',
  }),
  'key.none-in-file': (p) => ({
    title: `“${p.name}” holds no private key, but ${p.found}`,
    causes: ['Key, request and certificate of one name lie side by side.'],
    next: 'Choose the file of the private key.',
  }),
  'request.none-in-file': (p) => ({
    title: `“${p.name}” holds no signing request (CSR), but ${p.found}`,
    causes: ['Key, request and certificate of one name lie side by side.'],
    next: 'Choose the file of the signing request.',
  }),
  'crl.none-in-file': (p) => ({
    title: `“${p.name}” holds no revocation list (CRL)`,
    causes: ['A certificate names where its list is to be had; the list itself is another file.'],
    next: 'Get the list from the address in the certificate (CRL distribution point), and give that file.',
  }),
  'vault.locked': () => ({
    title: 'The vault is locked',
    causes: ['It locks when the app starts and no keychain is available, or when you lock it.'],
    next: 'Enter the vault passphrase.',
  }),
  'vault.not-set-up': () => ({
    title: 'The vault needs a passphrase first',
    causes: ['This computer offers no keychain that Countersign could use, and keys are never stored in the clear.'],
    next: 'Choose a vault passphrase.',
  }),
  'vault.passphrase-wrong': () => ({
    title: 'This passphrase does not open the vault',
    causes: ['A typing slip or another keyboard layout.'],
    next: 'Try again.',
  }),
  'vault.record-damaged': (p) => ({
    title: `The stored record “${p.name}” is not as it was written`,
    causes: ['The disk had a fault, or another program changed the file or put an older one back.'],
    next: 'Nothing was thrown away. The settings say what is there, and restore it from an automatic backup.',
  }),
  'vault.no-such-identity': () => ({
    title: 'This identity is not in the vault',
    causes: ['It was removed, in this window or another.'],
    next: 'Go back to the list of identities.',
  }),
  'vault.keychain-lost': () => ({
    title: 'The computer’s keychain no longer opens the vault',
    causes: [
      'The keyring is locked, or does not run in this session.',
      'Another user account, a reset keychain, or a vault folder copied from another computer.',
    ],
    next: 'Unlock the keyring and start Countersign again, or sign in as the user who made the vault. If the keychain was reset for good, move the folders “vault” and “backups” away, start anew, and restore a backup that has a passphrase.',
  }),
  'vault.file-lost': () => ({
    title: 'The vault’s own file, vault.json, is missing or damaged',
    causes: ['The disk had a fault, or the data folder was copied or restored in part.'],
    next: 'Put vault.json back: a copy lies in the folder “backups” beside the vault. To start anew instead, move the folders “vault” and “backups” away.',
  }),
  'vault.no-passphrase': () => ({
    title: 'The vault has no passphrase to lock it with',
    causes: ['It is opened by this computer’s keychain, which is open while you are signed in.'],
    next: 'Choose a vault passphrase first, or lock the computer.',
  }),
  'plan.breaks-rules': (p) => ({
    title: p.findings === 1 ? p.first : `${p.findings} answers would be refused: ${p.first}`,
    causes: ['The provider documents these rules and refuses requests that break them.'],
    next: 'Change the marked answers.',
  }),
  'plan.provider-unknown': (p) => ({
    title: `There is no provider “${p.provider}”`,
    causes: ['A misspelt name, or a provider file that was removed.'],
    next: 'Choose one of the listed providers, or add a provider file.',
  }),
  'plan.environment-unknown': (p) => ({
    title: `${p.provider} has no environment “${p.environment}”`,
    causes: ['Environments differ from provider to provider.'],
    next: 'Choose one of the environments listed for this provider.',
  }),
  'provider.file-wrong': (p) => ({
    title: `“${p.name}” is not a usable provider file: ${p.field} ${p.why}`,
    causes: ['The field is missing, misspelt or of another form.'],
    next: `Correct “${p.field}” in the file and add it again.`,
  }),
  'provider.id-taken': (p) => ({
    title: `A provider with the id “${p.id}” is there already`,
    causes: ['Built-in providers cannot be replaced by a file.'],
    next: 'Change the id in the file.',
  }),
  'provider.built-in': (p) => ({
    title: `${p.provider} is part of Countersign and cannot be removed`,
    causes: [],
    next: 'Only providers that were added from a file can be removed.',
  }),
  'attach.is-request': (p) => ({
    title: `“${p.name}” is a signing request (CSR), not a certificate`,
    causes: ['The request is what you send; the certificate is what comes back.'],
    next: 'Choose the file that the provider returned: it begins with “BEGIN CERTIFICATE”.',
  }),
  'attach.is-own-request': (p) => ({
    title: `“${p.name}” is the signing request you sent, not the certificate`,
    causes: ['Both files often lie in the same folder under similar names.'],
    next: 'Choose the file that the provider returned: it begins with “BEGIN CERTIFICATE”.',
  }),
  'attach.is-private-key': (p) => ({
    title: `“${p.name}” holds a private key, not a certificate`,
    causes: ['The key file lies beside the certificate under a similar name.'],
    next: 'Choose the certificate. A private key never needs to be sent or received here.',
  }),
  'attach.no-certificate': (p) => ({
    title: `“${p.name}” holds no certificate, but ${p.found}`,
    causes: ['Another file was returned or chosen.'],
    next: 'Choose the certificate that the provider returned.',
  }),
  'attach.no-identity': (p) => ({
    title: `No identity here has the key of this certificate (${p.subject})`,
    causes: [
      'It was issued for a request made elsewhere, or for an older request of yours.',
      'It is somebody else’s certificate, or only the provider’s own CA.',
    ],
    next: 'Ask the provider for the certificate that belongs to the request shown on the identity’s page.',
  }),
  'attach.other-identity': (p) => ({
    title: `This certificate belongs to “${p.belongsTo}”, not to the identity on show`,
    causes: ['Two requests were sent, and the answers were mixed up.'],
    next: `Open “${p.belongsTo}” and attach it there.`,
  }),
  'attach.needs-consent': (p) => ({
    title: `“${p.name}” fits the identity but is not as it should be`,
    causes: [`${p.findings === 1 ? 'One thing' : `${p.findings} things`} about it would make calls fail.`],
    next: 'Read the findings. Attach it anyway, or ask the provider for a new one.',
  }),
  'convert.nothing-for': (p) => ({
    title: `There is nothing here to be written as ${p.to}, but ${p.found}`,
    causes: ['Another file was chosen, or another form was meant.'],
    next: 'Choose the file that holds it, or another form.',
  }),
  'convert.too-many': (p) => ({
    title: `The form ${p.to} holds one object; here are ${p.found}`,
    causes: ['A whole chain or several identities lie in one file.'],
    next: 'Write PEM or PKCS#7, or choose one by its name.',
  }),
  'convert.no-pair': () => ({
    title: 'None of the certificates belongs to the private key',
    causes: ['Files of two identities were mixed, or the certificate was issued for an older request.'],
    next: 'Inspect the files together: it says which key belongs to which certificate.',
  }),
  'convert.no-protection': (p) => ({
    title: `The form ${p.to} has no protection worth its name`,
    causes: ['What OpenSSL once put around it is one round of MD5.'],
    next: 'Write PKCS#8 with a passphrase.',
  }),
  'convert.key-exposed': () => ({
    title: 'A private key that is protected would lie in the clear',
    causes: ['It was in a bundle, a keystore or an encrypted file.'],
    next: 'Give a passphrase that protects what is written, or say that it may lie in the clear.',
  }),
  'pair.swapped': (p) => ({
    title: `The two files are swapped: “${p.certificate}” holds the private key, and “${p.key}” the certificate`,
    causes: ['Key and certificate of one name lie side by side.'],
    next: 'Give each in place of the other.',
  }),
  'export.key-mismatch': (p) => ({
    title: `The key in “${p.key}” does not belong to the certificate in “${p.certificate}”`,
    causes: ['Files of two identities were mixed, or the certificate was issued for an older request.'],
    next: 'Inspect both files together: it says which key belongs to which certificate.',
  }),
  'export.no-certificate': () => ({
    title: 'There is no certificate to export yet',
    causes: ['The request was made, but the certificate has not come back.'],
    next: 'Attach the certificate that the provider returned.',
  }),
  'issue.request-unproven': () => ({
    title: 'The request’s own signature is wrong',
    causes: ['The request was altered after it was made, or was made with two keys that do not belong together.'],
    next: 'Create the request anew and send that.',
  }),
  'issue.signature-unknown': (p) => ({
    title: `The request is signed with ${p.algorithm}, which cannot be checked here`,
    causes: ['An outdated algorithm such as MD5, or one that few programs know.'],
    next: 'Create the request anew with SHA-256.',
  }),
  'issue.key-weak': (p) => ({
    title: `The request’s key is too weak: ${p.key}, and at least ${p.least} is needed`,
    causes: ['The request is old, or was made with outdated settings.'],
    next: 'Create a new key, RSA 2048 or EC P-256 or stronger, and a new request.',
  }),
  'issue.nobody-named': () => ({
    title: 'The request names nobody',
    causes: ['Its subject is empty, and it asks for no alternative name.'],
    next: 'Create the request anew with a common name (CN).',
  }),
  'issue.authority-over': (p) => ({
    title: `The authority’s certificate is not valid now (it ends ${p.notAfter.slice(0, 10)})`,
    causes: ['It has expired, or this computer’s clock is wrong.'],
    next: 'Check the clock, or create a new authority.',
  }),
  'issue.authority-unfit': () => ({
    title: 'The certificate to sign with is not an authority’s',
    causes: ['Its basic constraints do not say CA, or the certificate is damaged.'],
    next: 'Choose an authority, or create one.',
  }),
  'test.trusted-once': (p) => ({
    title: `The certificate of ${p.host} was trusted for one test only`,
    causes: ['It comes from no authority that is trusted here.'],
    next: 'Test by hand and look at it again, or get the CA certificate from the provider.',
  }),
  'test.address-unknown': (p) => ({
    title: `There is no address yet to test “${p.name}” at`,
    causes: ['It was not tested yet, and its provider documents no first call.'],
    next: 'Test it once in the app: the address is remembered.',
  }),
  'vault.keychain-elsewhere': () => ({
    title: 'Only the keychain of your desktop session opens this vault, and it cannot be reached from here',
    causes: [
      'The command runs outside that session, such as in cron or over SSH.',
      'The app itself could not be started.',
    ],
    next: 'Set a vault passphrase in the app’s settings and give it with --passphrase-file, or run the command in your session.',
  }),
  'vault.none-here': (p) => ({
    title: `There is no vault in ${p.folder}`,
    causes: ['The app was not used by this user yet.', 'The app keeps its things in another folder.'],
    next: 'Start the app and create an identity, or name its folder: --data DIR.',
  }),
  'history.attempt-lost': () => ({
    title: 'This test is no longer kept',
    causes: ['Only the last 100 tests of an endpoint are kept.', 'Its file is damaged or was removed.'],
    next: 'Test again, or open a newer one.',
  }),
  'history.endpoint-lost': () => ({
    title: 'This endpoint is no longer in the history',
    causes: ['It was taken out, here or in another window.'],
    next: 'Test the address again: it comes back by itself.',
  }),
  'history.capture-gone': () => ({
    title: 'What went over the wire is no longer kept',
    causes: [
      'It is held in memory only, for the last tests of half an hour and until the vault is locked, because with its secrets one can read the request.',
    ],
    next: 'Test again, then save the capture.',
  }),
  'practice.not-running': () => ({
    title: 'The practice provider is not running',
    causes: ['It was stopped, or the app was started anew.'],
    next: 'Start it again; it takes a second.',
  }),
  'practice.refused': (p) => ({
    title: `${p.provider} (practice) refuses the request: ${p.says}`,
    causes: ['The real provider documents the same rule.'],
    next: p.next ?? 'Create a request that follows the rule.',
  }),
  'test.no-certificate': (p) => ({
    title: `“${p.name}” has no certificate to show yet`,
    causes: ['The request was made, but the certificate has not come back.'],
    next: 'Attach the certificate that the provider returned, or test without a certificate.',
  }),
  'test.no-provider-ca': (p) => ({
    title: `No CA of the provider is kept with “${p.name}”`,
    causes: ['Only the certificate itself was returned, and no CA with it.'],
    next: 'Trust the system’s authorities, or give the CA that the provider uses.',
  }),
  'test.url-invalid': (p) => ({
    title: `“${p.url}” is not an address to test`,
    causes: ['It lacks “https://”, has spaces, or names a user.'],
    next: 'Enter an address such as https://api.example.com:8443/path.',
  }),
  'test.blank-missing': (p) => ({
    title: `The call needs your ${p.label}`,
    causes: [],
    next: `Enter the ${p.label} that the provider gave you.`,
  }),
  'test.trust-file-wrong': (p) => ({
    title: `“${p.name}” holds no certificate to trust`,
    causes: ['A CA file holds one or more certificates, as PEM or DER.'],
    next: 'Choose the CA certificate that the provider returned.',
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
  'cli.usage': (p) => ({ title: p.says, causes: [], next: 'Add --help to see what this command takes.' }),
  ...authorityWords,
  ...bookWords,
  ...serviceWords,
  ...webhookWords,
  ...vaultWords,
  ...calendarWords,
  ...renewalWords,
  ...tokenWords,
  ...handoverWords,
}

/** The words for a problem. */
export function words(problem: Problem): Words {
  return (phrasebook[problem.code] as (p: Problem) => Words)(problem)
}
