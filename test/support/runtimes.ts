import { execFile, execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { scratchFolder } from './test-servers.ts'

/** One call that a real program makes: paths of files, and an address. */
export type Job = { ca: string; cert?: string; key?: string; p12?: string; passphrase?: string; url: string }
/** What came of it. `loads` is false when it did not come to a connection; `trusts` is true once an answer was read. */
export type Told = { loads: boolean; trusts?: boolean; status?: number; body?: string; text?: string }
export type Runtime = {
  id: string
  name: string
  takes: 'both' | 'pem' | 'p12'
  run: (jobs: readonly Job[]) => Promise<Told[]>
}

const client = (name: string) => new URL(`../interop/clients/${name}`, import.meta.url).pathname
const plainNode = process.versions.electron ? 'node' : process.execPath

function told(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { env: { ...process.env, ELECTRON_RUN_AS_NODE: '', ...env }, maxBuffer: 1 << 26, timeout: 120_000 }
    execFile(program, args, options, (error, stdout, stderr) => {
      if (error) reject(new Error(`${program}: ${stderr || error.message}`))
      else resolve(stdout)
    }).stdin?.end()
  })
}

const batch =
  (program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Runtime['run'] =>
  async (jobs) => {
    const file = join(scratchFolder(), 'jobs.jsonl')
    writeFileSync(file, `${jobs.map((job) => JSON.stringify(job)).join('\n')}\n`)
    const lines = (await told(program, [...args, file], env)).split('\n').filter((line) => line.startsWith('{'))
    return lines.map((line) => JSON.parse(line) as Told)
  }

/** curl and `openssl s_client` end before they connect when a file does not load. */
const each =
  (program: string, argsFor: (job: Job) => string[], read: (code: number, out: string) => Told): Runtime['run'] =>
  (jobs) =>
    Promise.all(
      jobs.map(
        (job) =>
          new Promise<Told>((resolve) => {
            const child = execFile(program, argsFor(job), { timeout: 10_000 }, (error, out, err) =>
              resolve(read(error ? Number(error.code) : 0, `${out}\n${err}`)),
            )
            // Who ended before reads no request.
            child.stdin?.on('error', () => {})
            child.stdin?.end('GET / HTTP/1.0\r\n\r\n')
          }),
      ),
    )

const curlArgs = ({ ca, cert, key, p12, passphrase, url }: Job) => [
  '-sS',
  ...['--cacert', ca, '-w', '\n%{http_code}'],
  ...(p12 ? ['--cert-type', 'P12', '--cert', `${p12}:${passphrase ?? ''}`] : []),
  ...(cert && key ? ['--cert', cert, '--key', key, '--pass', passphrase ?? ''] : []),
  url,
]

function readCurl(code: number, out: string): Told {
  const status = Number(/^(\d{3})$/m.exec(out)?.[1] ?? 0)
  const text = /curl: .*/.exec(out)?.[0]
  if (code === 58) return { loads: false, text }
  return status > 0 ? { loads: true, trusts: true, status, body: out } : { loads: true, text }
}

const there = (program: string, ...args: string[]): boolean => {
  try {
    execFileSync(program, args, { stdio: 'ignore', env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } })
    return true
  } catch {
    return false
  }
}

/** The programs of this computer that a forecast can be held against. What is missing is named, not passed over. */
export function runtimesHere(): { here: Runtime[]; missing: string[] } {
  const found: [boolean, () => Runtime][] = []
  const version = Number(process.versions.node.split('.')[0])
  const nodeId = version >= 22 ? 'node-24' : 'node-20'
  found.push([
    process.versions.electron === undefined,
    () => ({
      id: nodeId,
      name: `Node ${process.versions.node}`,
      takes: 'both',
      run: batch(plainNode, [client('client.mjs')]),
    }),
  ])
  const more = process.env.COUNTERSIGN_NODE_24
  if (more) {
    found.push([
      true,
      () => ({ id: 'node-24', name: 'Node 24', takes: 'both', run: batch(more, [client('client.mjs')]) }),
    ])
  }
  const electron = createRequire(import.meta.url)('electron') as unknown as string
  found.push([
    there(electron, '--version'),
    () => ({
      id: 'electron',
      name: 'Electron',
      takes: 'both',
      run: batch(electron, [client('client.mjs')], { ELECTRON_RUN_AS_NODE: '1' }),
    }),
  ])
  found.push([
    there('curl', '--version'),
    () => ({ id: 'curl', name: 'curl', takes: 'both', run: each('curl', curlArgs, readCurl) }),
  ])
  found.push([
    there('javac', '-version'),
    () => ({ id: 'java-17', name: 'Java', takes: 'p12', run: batch('java', [client('Client.java')]) }),
  ])
  found.push([there('go', 'version'), () => ({ id: 'go', name: 'Go', takes: 'pem', run: batch(builtGo(), []) })])
  found.push([
    there('/usr/bin/python3', '-c', 'import requests'),
    () => ({ id: 'python', name: 'Python', takes: 'pem', run: batch('/usr/bin/python3', [client('client.py')]) }),
  ])
  const names = ['Node', ...(more ? ['Node 24'] : []), 'Electron', 'curl', 'Java', 'Go', 'Python']
  return {
    here: found.filter(([is]) => is).map(([, make]) => make()),
    missing: names.filter((_, i) => !found[i]?.[0]),
  }
}

function builtGo(): string {
  const program = join(scratchFolder(), 'go-client')
  const env = {
    ...process.env,
    GOCACHE: join(scratchFolder(), 'cache'),
    GO111MODULE: 'off',
    GOFLAGS: '',
    GOPROXY: 'off',
  }
  execFileSync('go', ['build', '-o', program, client('client.go')], { env })
  return program
}
