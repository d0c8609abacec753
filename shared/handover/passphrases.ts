/** What a receiver takes as a passphrase. */
export type PassphraseRule = {
  least: number
  most: number
  /** Shown where the rule is broken. */
  says: string
  /** Anchored; what else may be in it. */
  pattern: RegExp
}

const printable = /^[\x20-\x7e]*$/

/** Letters that every program, keyboard and shell takes alike. */
export const plainRule: PassphraseRule = {
  least: 8,
  most: 128,
  says: 'Letters, digits and signs of ASCII, 8 to 128: programs encode others differently.',
  pattern: printable,
}

/** keytool refuses less than six, and JKS of Java before 9 takes ASCII only. */
export const javaRule: PassphraseRule = { ...plainRule, says: `${plainRule.says} Java takes no fewer than six.` }

/** Windows’ import dialog takes 32 at most where the password was pasted; certutil and PowerShell take more. */
export const windowsRule: PassphraseRule = {
  least: 8,
  most: 32,
  says: 'ASCII, 8 to 32: the import dialog of Windows cuts off what is longer.',
  pattern: printable,
}

export const fits = (rule: PassphraseRule, passphrase: string): boolean =>
  passphrase.length >= rule.least && passphrase.length <= rule.most && rule.pattern.test(passphrase)

/** Without 0, O, 1, l and I, which are mixed up when somebody reads them out. */
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'

/** A new passphrase: 24 letters and digits in groups of six, 139 random bits. No shell, file or config treats any of it as its own. */
export function newPassphrase(): string {
  const chosen: string[] = []
  while (chosen.length < 24) {
    for (const octet of crypto.getRandomValues(new Uint8Array(48))) {
      // What is past the last whole multiple would favour the first letters.
      if (octet < letters.length * 4 && chosen.length < 24) chosen.push(letters[octet % letters.length]!)
    }
  }
  return chosen.join('').replace(/(.{6})(?=.)/g, '$1-')
}
