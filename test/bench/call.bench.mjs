// One test call (new connection, our certificate, handshake decoded) against a bare https request of the same runtime
// to the same server, taken in turns. In plain Node and in Electron running as Node.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const here = fileURLToPath(import.meta.url)
const rounds = 120
const goal = 1.3

async function prepareAndRun() {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'))
  let server
  try {
    const { build } = await import('vite')
    const at = (path) => fileURLToPath(new URL(path, import.meta.url))
    await build({
      configFile: false,
      logLevel: 'error',
      root: at('../..'),
      ssr: { noExternal: true },
      build: {
        ssr: true,
        outDir: folder,
        emptyOutDir: false,
        target: 'node20',
        minify: false,
        rollupOptions: {
          input: { probe: at('../../electron/tls/probe.ts'), cast: at('../support/mtls-cast.ts') },
          output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
        },
      },
    })
    const { makeCast, identityOf } = await import(pathToFileURL(join(folder, 'cast.mjs')).href)
    const cast = makeCast()
    const options = {
      cert: cast.serverPem,
      key: cast.server.keyPem,
      ca: cast.clientRoot.pem,
      requestCert: true,
      rejectUnauthorized: true,
    }
    const script = at('../support/node-tls-server.mjs')
    const wish = join(folder, 'wish.json')
    writeFileSync(wish, JSON.stringify({ kind: 'tls', options }), { mode: 0o600 })
    server = spawn(process.execPath, [script, wish], { stdio: ['pipe', 'pipe', 'inherit'] })
    const port = await new Promise((resolve) => server.stdout.once('data', (text) => resolve(Number(text))))
    const plan = { port, ca: cast.serverRoot.pem, ec: identityOf(cast.clients.good), rsa: identityOf(cast.clients.RSA) }
    writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan), { mode: 0o600 })
    const electron = process.env.COUNTERSIGN_ELECTRON_BINARY ?? createRequire(import.meta.url)('electron')
    for (const runtime of [process.execPath, electron]) {
      const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
      process.stdout.write(
        execFileSync(runtime, [here, 'measure', folder], { env, stdio: ['ignore', 'pipe', 'inherit'] }),
      )
    }
  } finally {
    server?.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measure(folder) {
  const { readFileSync } = await import('node:fs')
  const plan = JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8'))
  const { probe } = await import(pathToFileURL(join(folder, 'probe.mjs')).href)
  const { electron, node } = process.versions
  const runtime = electron ? `Electron ${electron}` : `Node ${node}`
  for (const kind of ['ec', 'rsa']) {
    const identity = plan[kind]
    const ours = []
    const theirs = []
    for (let i = 0; i < rounds + 20; i++) {
      // In turns, and in changing order, so that neither pays for the other's garbage.
      const turns = [
        () => timed(() => once(probe, plan, identity), ours, i),
        () => timed(() => bare(plan, identity), theirs, i),
      ]
      for (const turn of i % 2 === 0 ? turns : turns.reverse()) await turn()
    }
    const [mine, peer] = [median(ours), median(theirs)]
    const row = {
      name: `one test call, ${kind === 'ec' ? 'EC P-256' : 'RSA 2048'} identity, ${runtime}`,
      ours: round(mine),
      theirs: round(peer),
      unit: 'ms',
      ratio: round(mine / peer),
      goal,
      against: 'bare https request to the same server',
    }
    process.stdout.write(`${JSON.stringify(row)}\n`)
  }
}

async function timed(work, into, i) {
  const started = performance.now()
  await work()
  // The first rounds warm both up.
  if (i >= 20) into.push(performance.now() - started)
}

async function once(probe, { port, ca }, identity) {
  const attempt = await probe({
    url: `https://localhost:${port}/`,
    method: 'GET',
    headers: [],
    identity,
    trust: { caPem: ca },
    timeoutMs: 5000,
  })
  if (attempt.http?.status !== 200 || !attempt.certificateSent) throw new Error(JSON.stringify(attempt.failure))
}

const bare = ({ port, ca }, { certificatePem, chainPem, keyPem }) =>
  new Promise((resolve, reject) => {
    const cert = [certificatePem, ...chainPem].join('\n')
    request({ host: 'localhost', port, ca, cert, key: keyPem, agent: false }, (response) => {
      response.on('data', () => {}).on('end', resolve)
    })
      .on('error', reject)
      .end()
  })

const median = (list) => list.sort((a, b) => a - b)[list.length >> 1]
const round = (value) => Math.round(value * 100) / 100

if (process.argv[2] === 'measure') await measure(process.argv[3])
else await prepareAndRun()
