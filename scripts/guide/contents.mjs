// @ts-check
// Which papers make the guide, in the order of its contents. What is for those who work on Countersign is not in it.

/** @type {readonly { group: string, pages: readonly [id: string, file: string][] }[]} */
export const contents = [
  {
    group: 'By task',
    pages: [
      ['start', 'docs/guide/start.md'],
      ['request', 'docs/guide/request.md'],
      ['bring-home', 'docs/guide/bring-home.md'],
      ['inspect', 'docs/guide/inspect.md'],
      ['test', 'docs/guide/test.md'],
      ['webhooks', 'docs/guide/webhooks.md'],
      ['sign', 'docs/guide/sign.md'],
      ['renew', 'docs/guide/renew.md'],
      ['hand-over', 'docs/guide/hand-over.md'],
      ['vault', 'docs/guide/vault.md'],
      ['managed', 'docs/guide/managed.md'],
      ['troubleshooting', 'docs/guide/troubleshooting.md'],
    ],
  },
  {
    group: 'Providers',
    pages: [
      ['nuapay', 'docs/providers/nuapay.md'],
      ['truv', 'docs/providers/truv.md'],
      ['payrails', 'docs/providers/payrails.md'],
      ['apata', 'docs/providers/apata.md'],
      ['other', 'docs/providers/other.md'],
    ],
  },
  {
    group: 'To look up',
    pages: [
      ['verdicts', 'docs/verdicts.md'],
      ['findings', 'docs/findings.md'],
      ['formats', 'docs/formats.md'],
      ['tokens', 'docs/tokens.md'],
      ['accessibility', 'docs/accessibility.md'],
      ['cli', 'docs/cli.md'],
      ['provider-files', 'docs/provider-files.md'],
      ['policy', 'docs/policy.md'],
      ['vault-format', 'docs/vault-format.md'],
    ],
  },
]
