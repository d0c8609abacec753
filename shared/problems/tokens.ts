import { keyLabel } from '../pki/key-labels.ts'
import type { KeyAlgorithm } from '../pki/key-plan.ts'
import type { PinState } from '../tokens/token.ts'
import type { Words, WordsOf } from '../words.ts'

/** `library` is its name, `token` its label. `answer` is the library's own code, such as `CKR_GENERAL_ERROR`. */
export type TokenProblem =
  | { code: 'token.no-module' }
  | { code: 'token.module-broken' }
  | { code: 'token.library-unknown'; library: string }
  | { code: 'token.library-lost'; library: string }
  | { code: 'token.library-foreign'; library: string; built: 'elsewhere' | 'for-something-else' }
  | { code: 'token.library-refused'; library: string; answer: string }
  | { code: 'token.library-hung'; library: string; limitMs: number }
  | { code: 'token.library-crashed'; library: string }
  | { code: 'token.absent'; token: string }
  | { code: 'token.pin-needed'; token: string }
  | { code: 'token.pin-wrong'; token: string; pin: PinState }
  | { code: 'token.pin-blocked'; token: string }
  | { code: 'token.pin-not-set'; token: string }
  | { code: 'token.pin-length'; token: string; least: number; most: number }
  | { code: 'token.pin-expired'; token: string }
  | { code: 'token.declined'; token: string }
  | { code: 'token.key-lost'; token: string; keyId: string }
  | { code: 'token.key-unfit'; token: string; kind: string; wanted: string }
  | { code: 'token.cannot-make'; token: string; key: KeyAlgorithm }
  | { code: 'token.cannot-sign'; token: string }
  | { code: 'token.full'; token: string }
  | { code: 'token.read-only'; token: string }
  | { code: 'token.refused'; token: string; answer: string }
  | { code: 'token.key-stays'; token: string }
  | { code: 'token.tls-elsewhere'; token: string }
  | { code: 'token.no-engine' }

/** What the token tells of the tries that are left. It has flags for that, and no number. */
const tries: Record<PinState, string> = {
  fine: 'The token does not say how many tries are left; most allow three to ten.',
  'few-left': 'The token says that a wrong PIN was given before: few tries are left.',
  'one-left': 'The token says that one try is left. After another wrong PIN it blocks itself.',
  blocked: 'The token is blocked now.',
  'not-set': 'The token has no PIN yet.',
}

const blocked = (token: string): Words => ({
  title: `The PIN of “${token}” is blocked`,
  causes: ['A wrong PIN was given too many times.'],
  next: 'Unblock it with the maker’s program: that takes the token’s administrator PIN (SO-PIN or PUK). Its keys stay.',
})

const again = 'Try again. If it comes back, end other programs that use the token, or plug it in anew.'

export const tokenWords: WordsOf<TokenProblem> = {
  'token.no-module': () => ({
    title: 'The part that speaks to tokens is not installed',
    causes: [
      'It is optional (pkcs11js): it is compiled when Countersign is installed, and left out where that fails.',
      'A C++ compiler, Python 3 or the headers of Node were missing.',
    ],
    next: 'Install a compiler (Debian: build-essential python3), run npm install pkcs11js@2.1.7 in Countersign’s folder, and start again.',
  }),
  'token.module-broken': () => ({
    title: 'The part that speaks to tokens does not load',
    causes: ['pkcs11js was compiled on another kind of computer, or its installation was interrupted.'],
    next: 'Run npm rebuild pkcs11js in Countersign’s folder, and start again.',
  }),
  'token.library-unknown': (p) => ({
    title: `The library ${p.library} is not one that was chosen on this computer`,
    causes: ['The identity comes from another computer.', 'The library was taken off the list.'],
    next: 'Choose the token’s library in Settings, Tokens. A program is loaded only where you have named it.',
  }),
  'token.library-lost': (p) => ({
    title: `There is no library at ${p.library}`,
    causes: ['The token’s software was removed, or an update has moved it.'],
    next: 'Install the software of the token’s maker, or choose where its library is now in Settings, Tokens.',
  }),
  'token.library-foreign': (p) => ({
    title: `${p.library} cannot be loaded`,
    causes: [
      p.built === 'for-something-else'
        ? 'It is not a library of PKCS #11: another file of the token’s software was chosen.'
        : 'It is built for another kind of processor, or a library that it needs itself is missing.',
    ],
    next: 'Choose the PKCS #11 library that the token’s maker names for this system (64 bit: x86-64 or ARM).',
  }),
  'token.library-refused': (p) => ({
    title: `${p.library} does not start`,
    causes: [
      `It answered ${p.answer}.`,
      'Its configuration is missing or cannot be read, or its service is not running.',
    ],
    next: 'Check its configuration (for SoftHSM: SOFTHSM2_CONF and the folder named in it; for smart cards: pcscd).',
  }),
  'token.library-hung': (p) => ({
    title: `${p.library} did not answer within ${Math.round(p.limitMs / 1000)} s`,
    causes: ['The token waits for a touch or for its PIN pad.', 'It was unplugged, or its service hangs.'],
    next: `Its process was ended, and the token is locked again. ${again}`,
  }),
  'token.library-crashed': (p) => ({
    title: `${p.library} has crashed`,
    causes: ['A fault in the library. It ran in a process of its own: nothing else was harmed.'],
    next: `The token is locked again. ${again}`,
  }),
  'token.absent': (p) => ({
    title: `The token “${p.token}” is not there`,
    causes: ['It is not plugged in.', 'It was renamed or set up anew since.'],
    next: 'Plug it in and look again.',
  }),
  'token.pin-needed': (p) => ({
    title: `The token “${p.token}” is locked`,
    causes: ['It gives its keys to work with after its PIN only.', 'It was locked with the vault, or unplugged.'],
    next: 'Unlock it with its PIN (Settings, Tokens), and repeat the step.',
  }),
  'token.pin-wrong': (p) =>
    p.pin === 'blocked'
      ? blocked(p.token)
      : {
          title: `That is not the PIN of “${p.token}”`,
          causes: [tries[p.pin]],
          next: 'Check which token it is and type its user PIN, not the administrator’s (SO-PIN or PUK).',
        },
  'token.pin-blocked': (p) => blocked(p.token),
  'token.pin-not-set': (p) => ({
    title: `The token “${p.token}” has no PIN yet`,
    causes: ['It is new, or was set up by half.'],
    next: 'Set it up with the maker’s program first; for SoftHSM: softhsm2-util --init-token --free --label NAME.',
  }),
  'token.pin-length': (p) => ({
    title: `The PIN of “${p.token}” has ${p.least} to ${p.most} characters`,
    causes: ['A character is missing or too many. The token has not counted this as a try.'],
    next: 'Type it again.',
  }),
  'token.pin-expired': (p) => ({
    title: `The PIN of “${p.token}” has to be changed first`,
    causes: ['The token demands a new PIN before its first use, or after some time.'],
    next: 'Change it with the maker’s program.',
  }),
  'token.declined': (p) => ({
    title: `“${p.token}” was not confirmed`,
    causes: ['The touch or the PIN on the reader was refused, or took too long.'],
    next: 'Try again, and confirm it on the token.',
  }),
  'token.key-lost': (p) => ({
    title: `The token “${p.token}” has no key ${p.keyId} any more`,
    causes: ['The key was deleted, or the token was set up anew.', 'Another token of the same name is plugged in.'],
    next: 'Plug in the token that the key was made in. A deleted key cannot be brought back: make a new identity.',
  }),
  'token.key-unfit': (p) => ({
    title: `That key is ${p.kind}, and ${p.wanted} is wanted`,
    causes: ['Another key of the token was chosen than the plan says.'],
    next: 'Choose a key of the kind that the provider takes, or have a new one made in the token.',
  }),
  'token.cannot-make': (p) => ({
    title: `The token “${p.token}” makes no ${keyLabel[p.key]} keys`,
    causes: ['Tokens know some kinds and sizes of keys only.', 'Its maker’s policy forbids it.'],
    next: 'Choose another kind of key.',
  }),
  'token.cannot-sign': (p) => ({
    title: `The token “${p.token}” refuses to sign with that key`,
    causes: [
      'The key may be used for other things only, such as decryption.',
      'Its maker’s policy forbids this kind of signature.',
    ],
    next: 'Choose a key that may sign.',
  }),
  'token.full': (p) => ({
    title: `There is no room in “${p.token}”`,
    causes: ['Tokens hold few keys.'],
    next: 'Delete a key that is not used any more, with the maker’s program.',
  }),
  'token.read-only': (p) => ({
    title: `“${p.token}” takes no new keys`,
    causes: [
      'The token is write-protected.',
      'Its keys are made with the maker’s program or with an administrator’s PIN.',
    ],
    next: 'Make the key with the maker’s program, and choose it here as an existing one.',
  }),
  'token.refused': (p) => ({
    title: `The token “${p.token}” could not do this`,
    causes: [`Its library answered ${p.answer}; its maker’s papers say what that means.`],
    next: again,
  }),
  'token.key-stays': (p) => ({
    title: `This key never leaves the token “${p.token}”`,
    causes: ['It was made there so that nobody can take it out, not even its owner.'],
    next: 'Save the certificate alone, and let the program that calls use the token: the lines are on the export page.',
  }),
  'token.tls-elsewhere': (p) => ({
    title: 'The window cannot make a connection with this key',
    causes: [
      `The key is in the token “${p.token}”. The TLS library of the window (BoringSSL) can only use keys that it holds itself.`,
    ],
    next: 'Run the curl line of the identity’s export page in a terminal, or countersign test with the same token.',
  }),
  'token.no-engine': () => ({
    title: 'This Node cannot use keys in tokens for a connection',
    causes: [
      'OpenSSL’s engine for tokens is not installed (libp11; Debian: libengine-pkcs11-openssl, Fedora: openssl-pkcs11).',
      'This Node is built without engines, or the engine is built for another OpenSSL than Node’s.',
    ],
    next: 'Install the engine, or run the curl line that the app shows for the identity: curl uses the system’s OpenSSL.',
  }),
}
