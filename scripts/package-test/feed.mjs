// @ts-check
// A feed of updates on this computer, made by the scripts of a release, that can go wrong when told to.

import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { basename, dirname, join } from 'node:path'
import { run } from '../run.mjs'
import { root as project } from '../runtime.mjs'
import { Refusal } from '../say.mjs'
import { fine } from './life.mjs'

const port = 18_446

/**
 * What a release has in its environment, with a key that is this test's own: set before anything is packed, and kept
 * beside the packages, because theirs is the only one they believe.
 * @param {string} folder of the packages @returns {Promise<NodeJS.ProcessEnv>}
 */
export async function releaseEnvironment(folder) {
  const kept = join(folder, 'feed-key.json')
  if (!existsSync(kept)) {
    mkdirSync(folder, { recursive: true })
    const [, publicKey = '', , privateKey = ''] = (await script('feed-key.mjs', [])).trim().split('\n')
    writeFileSync(kept, JSON.stringify({ publicKey: publicKey.trim(), privateKey: privateKey.trim() }), { mode: 0o600 })
  }
  const { publicKey, privateKey } = JSON.parse(readFileSync(kept, 'utf8'))
  process.env.COUNTERSIGN_FEED_URL = `https://127.0.0.1:${port}/`
  process.env.COUNTERSIGN_FEED_KEY = publicKey
  return { ...process.env, COUNTERSIGN_FEED_PRIVATE_KEY: privateKey }
}

/** @param {string} name @param {string[]} args @param {NodeJS.ProcessEnv} [env] */
async function script(name, args, env = process.env) {
  const ended = await run(process.execPath, [join(project, 'scripts/release', name), ...args], { env })
  fine(ended)
  return ended.stdout
}

/**
 * @param {{ appImage: string, output: string, env: NodeJS.ProcessEnv }} what `appImage` with latest-linux.yml beside it
 */
export async function openFeed({ appImage, output, env }) {
  rmSync(output, { recursive: true, force: true })
  mkdirSync(output, { recursive: true })
  const name = basename(appImage)
  for (const file of [name, 'latest-linux.yml']) copyFileSync(join(dirname(appImage), file), join(output, file))
  await script('sign-feed.mjs', [output, '--for-trying'], env)
  await script('checksums.mjs', [output])
  fine(await run('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: output }))

  const [key, certificate] = [join(output, '..', 'feed-tls.key'), join(output, '..', 'feed-tls.pem')]
  fine(
    await run('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
      ...[
        '-subj',
        '/CN=feed of the test',
        '-addext',
        'subjectAltName=IP:127.0.0.1',
        '-keyout',
        key,
        '-out',
        certificate,
      ],
    ]),
  )
  const files = new Map(
    [name, 'latest-linux.yml', 'latest-linux.yml.sig'].map((file) => [`/${file}`, readFileSync(join(output, file))]),
  )
  /** @type {string[]} */
  const asked = []
  const feed = {
    name,
    port,
    certificate: readFileSync(certificate, 'utf8'),
    asked,
    /** @type {'nothing' | 'signature' | 'file'} */
    wrong: 'nothing',
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
  const server = createServer({ key: readFileSync(key), cert: feed.certificate }, (request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? ''
    asked.push(path)
    const whole = files.get(path)
    if (!whole) return void response.writeHead(404).end()
    const content = Buffer.from(whole)
    if (feed.wrong === 'signature' && path.endsWith('.sig')) content.write(content[0] === 65 ? 'B' : 'A')
    // One bit, in the middle of the app.
    if (feed.wrong === 'file' && path === `/${name}`) {
      const middle = content.length >> 1
      content.writeUInt8(content.readUInt8(middle) ^ 1, middle)
    }
    response.end(content)
  })
  await new Promise((resolve, reject) => {
    server.once('error', () => reject(new Refusal(`Port ${port} is taken, and the packed app asks there for updates`)))
    server.listen(port, '127.0.0.1', () => resolve(undefined))
  })
  return feed
}

/** @typedef {Awaited<ReturnType<typeof openFeed>>} Feed */
