import type { CallName, Input, News, Output } from './contract.ts'
import type { Result } from './result.ts'

/** A page may not say where a file lies, so the sources that name paths (or carry dropped contents) are not its to use. */
type Nameable<S> = S extends { from: 'paths' | 'contents' } ? never : S

type PageInputs = {
  startImport: { source: Nameable<Input<'startImport'>['source']> }
  startInspection: Omit<Input<'startInspection'>, 'source'> & { source: Nameable<Input<'startInspection'>['source']> }
  addProvider: Nameable<Input<'addProvider'>>
  openRequest: { source: Nameable<Input<'openRequest'>['source']> }
  bringAuthority: Omit<Input<'bringAuthority'>, 'source'> & { source: Nameable<Input<'bringAuthority'>['source']> }
  attachCertificate: Omit<Input<'attachCertificate'>, 'source'> & {
    source: Nameable<Input<'attachCertificate'>['source']>
  }
}

/** What the page may hand to a call: the contract's input without file paths. */
export type PageInput<N extends CallName> = N extends keyof PageInputs ? PageInputs[N] : Input<N>

export type Calls = { [N in CallName]: (input: PageInput<N>) => Promise<Result<Output<N>>> }

/**
 * `window.desk`: everything the page can do. Dropped files go in as the browser's own `File` objects; the preload
 * turns them into paths, so the page cannot make one up.
 */
export type Desk = Calls & {
  startDroppedInspection(
    files: File[],
    options: Omit<Input<'startInspection'>, 'source'>,
  ): Promise<Result<Output<'startInspection'>>>
  attachDropped(
    files: File[],
    options: Omit<Input<'attachCertificate'>, 'source'>,
  ): Promise<Result<Output<'attachCertificate'>>>
  importDropped(files: File[]): Promise<Result<Output<'startImport'>>>
  addProviderDropped(files: File[]): Promise<Result<Output<'addProvider'>>>
  openRequestDropped(files: File[]): Promise<Result<Output<'openRequest'>>>
  bringAuthorityDropped(
    files: File[],
    options: Omit<Input<'bringAuthority'>, 'source'>,
  ): Promise<Result<Output<'bringAuthority'>>>
  /** Calls `listen` for each piece of news until the returned function is called. */
  onNews(listen: (news: News) => void): () => void
}
