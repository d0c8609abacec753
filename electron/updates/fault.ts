/** Why an update was refused by us, where the updater's library only knows errors. */
export class UpdateFault extends Error {
  readonly why: 'redirect' | 'size' | 'damaged' | 'not-signed' | 'silent' | 'malformed'

  constructor(why: UpdateFault['why']) {
    super(`update refused: ${why}`)
    this.why = why
  }
}
