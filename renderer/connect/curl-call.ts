import type { Blank } from '../../shared/providers/profile.ts'
import type { CallForm } from './call-form.ts'

/** Values are put in; a secret, or a value that is only in the vault, stays as its blank. */
export function fillForShow(text: string, form: CallForm, blanks: readonly Blank[]): string {
  return blanks.reduce((now, { id, secret }) => {
    const value = form.blanks[id]
    return secret || !value ? now : now.replaceAll(`{${id}}`, value)
  }, text)
}

/** Blanks that the reader of the line fills in. */
export const leftBlank = (form: CallForm, blanks: readonly Blank[]): Blank[] =>
  blanks.filter(({ id, secret }) => secret || !form.blanks[id])

/** The name of an identity as a file name that needs no quotes in a shell. */
export const fileStem = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase() || 'client'
