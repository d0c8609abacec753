// Calls as Node does, once a line of the file in the first argument. Answers one JSON line each.
import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import { createSecureContext } from 'node:tls'

const textOf = (error) => `${error.code ?? ''} ${error.message}`.trim()

async function one({ ca, cert, key, p12, passphrase, url }) {
  const read = (path) => (path ? readFileSync(path) : undefined)
  const identity = { cert: read(cert), key: read(key), pfx: read(p12), passphrase }
  try {
    createSecureContext(identity)
  } catch (error) {
    return { loads: false, text: textOf(error) }
  }
  return new Promise((resolve) => {
    const call = request(url, { ...identity, ca: read(ca), agent: false, timeout: 5000 }, (answer) => {
      let body = ''
      answer.on('data', (chunk) => {
        body += chunk
      })
      answer.on('end', () => resolve({ loads: true, trusts: true, status: answer.statusCode, body }))
    })
    call.on('timeout', () => call.destroy(new Error('timeout')))
    call.on('error', (error) => resolve({ loads: true, text: textOf(error) }))
    call.end()
  })
}

for (const line of readFileSync(process.argv[2], 'utf8').split('\n').filter(Boolean)) {
  process.stdout.write(`${JSON.stringify(await one(JSON.parse(line)))}\n`)
}
