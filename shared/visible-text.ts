/**
 * Characters that change how their neighbours look, or that cannot be seen: controls, zero-width characters and
 * bidirectional marks. A name in a certificate may hold them to look like another name.
 */
const unseen =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu

const code = (char: string) => `⟨U+${char.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}⟩`

/** A value from a foreign file as text that looks like what it is: unseen characters are spelt out. */
export const visibleText = (value: string): string => value.replace(unseen, code)
