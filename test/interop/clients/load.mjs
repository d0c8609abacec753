import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'

/** Loads the files named in a JSON list, one `ok` or reason a line. */
for (const { p12, key, passphrase } of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  try {
    if (p12) createSecureContext({ pfx: readFileSync(p12), passphrase })
    else createPrivateKey({ key: readFileSync(key), passphrase })
    console.log('ok')
  } catch (error) {
    console.log(`no: ${String(error.message).split('\n')[0]}`)
  }
}
