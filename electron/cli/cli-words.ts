import { words } from '../../shared/phrasebook.ts'
import type { Problem, ProblemCode } from '../../shared/problems.ts'
import type { Words } from '../../shared/words.ts'

/** What to do next, where the phrasebook speaks of the window: here it is an option. */
const nextHere: Partial<Record<ProblemCode, string>> = {
  'key.passphrase-needed': 'Write the passphrase on the first line of a file and add --passphrase-file FILE.',
  'key.passphrase-wrong': 'Check the passphrase, or the first line of its file. Nothing is locked by a wrong try.',
  'key.none-in-file': 'Give the file of the private key with --key FILE.',
  'request.none-in-file': 'Give the file of the signing request (CSR) with --request FILE.',
  'file.exists': 'Choose another folder or name, or replace it with --force.',
  'file.not-found': 'Check the path. It is looked for from the folder that the command runs in.',
  'file.too-many': 'Name the folder that holds the certificates, or fewer files.',
  'convert.key-exposed': 'Protect it with --passphrase-out-file FILE, or say --key-unencrypted.',
  'convert.too-many': 'Choose one with --alias NAME, leave keys out with --no-keys, or write pem or p7b.',
  'vault.locked': 'Give the vault’s passphrase: on the first line of a file, with --passphrase-file FILE.',
  'vault.passphrase-wrong': 'Check the first line of the file. After three wrong ones each further try has to wait.',
  'vault.no-such-identity': 'Check the name; what is in the bin is restored in the window.',
  'export.no-certificate': 'Attach what the provider returned: countersign attach --identity NAME FILE.',
  'renewal.none-under-way': 'Begin one: countersign renew NAME --out FOLDER.',
  'renewal.not-here-yet': 'Attach what the provider returned: countersign attach --identity NAME FILE.',
  'renewal.not-switched': 'Say --switched once your service uses the new certificate.',
  'attach.other-identity': 'Name that identity with --identity.',
  'attach.no-identity':
    'Ask the provider for the certificate that belongs to the request that was sent, or give the key it belongs to.',
  'plan.breaks-rules': 'Change the answers named below; `countersign providers ID` lists what the provider takes.',
  'plan.provider-unknown': '`countersign providers` lists the built-in ones; --provider-file takes one of your own.',
  'door.not-confirmed': 'Add --mine to say that the server is yours to test, or that its owner agreed.',
  'door.server-untrusted':
    'Name the authority of the server’s certificate with --ca FILE, or accept this one with --trust-once SHA256.',
  'sign.needs-consent': 'Read the points. Accept one with --despite CODE, or choose with --take, --drop and --set.',
  'authority.use-declined': 'Add --use-key, or answer yes on a terminal.',
  'attach.needs-consent': 'Read the findings. Accept one with --despite CODE, or ask the provider for a new one.',
}

export function cliWords(problem: Problem): Words {
  const said = words(problem)
  return { ...said, next: nextHere[problem.code] ?? said.next }
}

/** The same for a problem that was put into words already, as the inspector's are. */
export const withNextHere = <P extends { code: string; next: string }>(said: P): P => ({
  ...said,
  next: nextHere[said.code as ProblemCode] ?? said.next,
})
