import { join } from 'node:path'

/** Where the packages of npm are that only this test needs, and what its programs compile. */
export const packages = join(import.meta.dirname, '..', '..', '..', 'out', 'handover')

/** What the calls are made with. */
export const passphrase = 'Correct-Horse-7'

const secrets = { ACCESS_KEY: 'sandbox-Ab1/+= x', CLIENT_ID: 'a b/ü' }

/** Values of the blanks, and as they stand in an address. */
export const blanks = { plain: secrets, encoded: { ...secrets, CLIENT_ID: encodeURIComponent(secrets.CLIENT_ID) } }
