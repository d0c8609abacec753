// @ts-check
// Makes the pair of keys that signs the feed of updates, and says where each half goes. Nothing is written to a file.

import { generateKeyPairSync } from 'node:crypto'
import { line, note } from '../say.mjs'

const { publicKey, privateKey } = generateKeyPairSync('ed25519')
line('COUNTERSIGN_FEED_KEY (a variable: it is public, and goes into every build)')
note(publicKey.export({ type: 'spki', format: 'der' }).toString('base64'))
line('COUNTERSIGN_FEED_PRIVATE_KEY (a secret of the release alone; who has it can update every installation)')
note(privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'))
