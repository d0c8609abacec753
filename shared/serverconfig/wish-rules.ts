/**
 * Everything that is typed goes into configuration files, so it is held to characters that mean nothing in any of them:
 * no quotes, no line ends, no `$`, `;`, `{`, `#` or backslash. Each rule is whole: it must match from start to end.
 */
export const wishRules = {
  path: {
    pattern: /^[A-Za-z0-9._/+@:-]{1,300}$/,
    says: 'Letters, digits and . _ / + @ : - only, with forward slashes and without spaces',
  },
  host: {
    pattern: /^(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/,
    says: 'A host name, such as hooks.example.com',
  },
  header: { pattern: /^[A-Za-z][A-Za-z0-9-]{0,59}$/, says: 'Letters, digits and hyphens, beginning with a letter' },
  upstream: {
    pattern: /^http:\/\/[A-Za-z0-9.-]{1,253}:\d{1,5}$/,
    says: 'An address with its port, such as http://127.0.0.1:8080',
  },
} as const

export type WishRule = keyof typeof wishRules

/** What is wrong with a typed value, or null. */
export const ruleProblem = (rule: WishRule, value: string): string | null =>
  wishRules[rule].pattern.test(value) ? null : `${wishRules[rule].says}.`
