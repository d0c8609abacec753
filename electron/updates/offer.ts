import type { UpdateInfo } from 'builder-util-runtime'
import type { UpdateOffer } from '../../shared/updates/updates.ts'

const longestNotes = 20_000

/** What a feed says of a version, for people. Notes may come as HTML: of it the text is shown. */
export function offerOf({ version, releaseNotes, releaseDate, files }: UpdateInfo): UpdateOffer {
  const notes = Array.isArray(releaseNotes)
    ? releaseNotes.map((one) => `${one.version}\n${one.note ?? ''}`).join('\n\n')
    : (releaseNotes ?? '')
  const released = Date.parse(String(releaseDate ?? ''))
  const text = plainText(String(notes)).slice(0, longestNotes)
  return {
    version: version.slice(0, 60),
    notes: text === '' ? null : text,
    releasedAt: Number.isFinite(released) ? new Date(released).toISOString() : null,
    bytes: files[0]?.size ?? null,
  }
}

/** The page shows it as text in any case; marks and characters that turn the direction of text only disturb. */
const plainText = (text: string) =>
  text
    .replace(/<br\s*\/?>|<\/(?:p|li|h[1-6]|div|ul|ol)>/gi, '\n')
    .replace(/<[^<>]{0,1000}>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
