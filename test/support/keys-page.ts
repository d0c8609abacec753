import { shortcutGroups } from '../../shared/shortcuts.ts'

/** docs/guide/keys.md, written from the list that the window shows. */
export const keysPage = (): string =>
  [
    '# Keys',
    '',
    'Every key that the app listens for itself; `?` shows them in the window. On a Mac ⌘ takes the place of Ctrl. Everything can be',
    'done without a mouse: Tab goes on, Enter presses, and F6 goes from one part of the window to the next.',
    ...shortcutGroups.flatMap(({ title, shortcuts }) => [
      '',
      `## ${title}`,
      '',
      '| keys | do |',
      '|---|---|',
      ...shortcuts.map(({ keys, does }) => `| ${keys.map((key) => `\`${key}\``).join(' ')} | ${does} |`),
    ]),
    '',
  ].join('\n')
