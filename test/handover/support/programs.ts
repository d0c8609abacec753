import { join } from 'node:path'
import type { SnippetCall } from '../../../shared/handover/snippet.ts'
import type { SnippetId } from '../../../shared/handover/snippet-ids.ts'
import { prepareCargo } from './cargo.ts'
import { blanks, packages, passphrase } from './given.ts'

export type KeyState = 'locked' | 'open'

/** A program or library that is here, and how a snippet is run with it. */
export type Program = {
  kind: SnippetId
  /** Says its version, for the report. */
  version: string[]
  run: string[]
  /** Of npm, beside the script. */
  modules?: true
  /** It asks for the passphrase on a terminal: it gets one, and the passphrase when this stands on it. */
  asks?: RegExp
  /** It reads a bundle with AES only in later versions than the one that is here. */
  olderBundle?: true
  /** It has no way to percent-encode, as its notes say. */
  encoded?: true
  /** What it takes on its command line, as its notes say. */
  arguments?: (call: SnippetCall) => string[]
  /** The snippet is for a later version than the one that is here, which calls one thing otherwise. */
  adapted?: { why: string; change: (code: string) => string }
  /** Files that its build takes, and what is done once before the first run. */
  project?: (name: string) => Record<string, string>
  prepare?: () => Promise<unknown>
  /**
   * The same call without the certificate. What is cut out of the text must be there, and so must what is left out of
   * `arguments` by this.
   */
  without: readonly (readonly [cut: RegExp, put: string])[]
}

const node24 = join(packages, 'node_modules/node/bin/node')
const ofNpm = (name: string) => join(packages, 'node_modules/.bin', name)
const python = (name: string) => ['/usr/bin/python3', '-c', `import ${name}; print("${name}", ${name}.__version__)`]
const deb = (name: string) => ['dpkg-query', '--show', name]

const pemOfNode: Program['without'] = [
  [/^ +cert: readFileSync.*\n/m, ''],
  [/^ +key: readFileSync.*\n/m, ''],
]
const inPython: Program['without'] = [[/^context\.load_cert_chain.*\n/m, '']]
const inJava: Program['without'] = [[/(?<=context\.init\()keys\.getKeyManagers\(\)/, 'null']]
const jars = ['httpclient5', 'httpcore5', 'httpcore5-h2', 'slf4j-api', 'slf4j-nop']

export const programs: Record<string, Program> = {
  curl: {
    kind: 'curl',
    version: ['curl', '--version'],
    run: ['sh', 'call.sh'],
    encoded: true,
    without: [
      [/^ +--cert .*\n/m, ''],
      [/^ +--key .*\n/m, ''],
    ],
  },
  wget: {
    kind: 'wget',
    version: ['wget', '--version'],
    run: ['sh', 'call.sh'],
    encoded: true,
    without: [
      [/^ +--certificate=.*\n/m, ''],
      [/^ +--private-key=.*\n/m, ''],
    ],
  },
  httpie: {
    kind: 'httpie',
    version: ['http', '--version'],
    run: ['sh', 'call.sh'],
    encoded: true,
    asks: /passphrase/i,
    without: [
      [/--cert='.*?' /, ''],
      [/^ +--cert-key=.*\n/m, ''],
    ],
  },
  openssl: {
    kind: 'openssl',
    version: ['openssl', 'version'],
    run: ['sh', 'call.sh'],
    encoded: true,
    without: [
      [/^ +-cert .*\n/m, ''],
      [/^ +-key .*\n/m, ''],
    ],
  },
  'node-https': { kind: 'node-https', version: ['node', '--version'], run: ['node', 'call.mjs'], without: pemOfNode },
  'node-https 24': {
    kind: 'node-https',
    version: [node24, '--version'],
    run: [node24, 'call.mjs'],
    without: pemOfNode,
  },
  'node-fetch': {
    kind: 'node-fetch',
    version: ['node', '--version'],
    run: ['node', 'call.mjs'],
    modules: true,
    without: pemOfNode,
  },
  'node-fetch 24': {
    kind: 'node-fetch',
    version: [node24, '--version'],
    run: [node24, 'call.mjs'],
    modules: true,
    without: pemOfNode,
  },
  axios: {
    kind: 'axios',
    version: ['node', '--version'],
    run: ['node', 'call.mjs'],
    modules: true,
    without: pemOfNode,
  },
  'python-requests': {
    kind: 'python-requests',
    version: python('requests'),
    run: ['/usr/bin/python3', 'call.py'],
    without: inPython,
  },
  'python-httpx': {
    kind: 'python-httpx',
    version: python('httpx'),
    run: ['/usr/bin/python3', 'call.py'],
    without: inPython,
  },
  go: {
    kind: 'go',
    version: ['go', 'version'],
    run: ['go', 'run', 'main.go'],
    olderBundle: true,
    without: [[/\{certificate\}/, '{certificate}[:0]']],
  },
  'java-httpclient': {
    kind: 'java-httpclient',
    version: ['java', '--version'],
    run: ['java', 'Call.java'],
    without: inJava,
  },
  'java-apache5': {
    kind: 'java-apache5',
    version: deb('libhttpclient5-java'),
    run: ['java', '-cp', jars.map((name) => `/usr/share/java/${name}.jar`).join(':'), 'Call.java'],
    adapted: {
      why: 'TLS strategies have another name before 5.4',
      change: (code) =>
        code
          .replaceAll('DefaultClientTlsStrategy', 'SSLConnectionSocketFactory')
          .replace('setTlsSocketStrategy', 'setSSLSocketFactory'),
    },
    without: inJava,
  },
  php: {
    kind: 'php',
    version: ['php', '--version'],
    run: ['php', 'call.php'],
    without: [
      [/^ +CURLOPT_SSLCERT .*\n/m, ''],
      [/^ +CURLOPT_SSLKEY .*\n/m, ''],
    ],
  },
  ruby: {
    kind: 'ruby',
    version: ['ruby', '--version'],
    run: ['ruby', 'call.rb'],
    without: [
      [/^client\.cert = .*\n/m, ''],
      [/^client\.extra_chain_cert = .*\n/m, ''],
      [/^client\.key = .*\n/m, ''],
    ],
  },
  rust: {
    kind: 'rust',
    version: deb('librust-reqwest-dev'),
    run: ['/usr/bin/cargo', 'run', '--quiet', '--offline'],
    adapted: {
      why: 'several certificates in one file are read since 0.12',
      change: (code) => code.replace(/Certificate::from_pem_bundle\((.*)\)\? \{/, '[Certificate::from_pem($1)?] {'),
    },
    ...prepareCargo,
    without: [[/\.identity\(own\)/, '']],
  },
  postman: {
    kind: 'postman',
    version: [ofNpm('newman'), '--version'],
    run: [ofNpm('newman'), 'run', 'call.postman_collection.json', '--verbose'],
    encoded: true,
    arguments: ({ files, locked }) => [
      ...(files.key === '' ? [] : ['--ssl-client-cert', files.certificate, '--ssl-client-key', files.key]),
      ...(locked ? ['--ssl-client-passphrase', passphrase] : []),
      ...['--ssl-extra-ca-certs', files.serverCa ?? ''],
      ...Object.entries(blanks.encoded).flatMap(([name, value]) => ['--env-var', `${name}=${value}`]),
    ],
    without: [],
  },
  bruno: {
    kind: 'bruno',
    version: [ofNpm('bru'), '--version'],
    run: [ofNpm('bru'), 'run', 'call.bru'],
    encoded: true,
    arguments: ({ files }) => ['--cacert', files.serverCa ?? ''],
    without: [[/(?<="certs": \[)[^\]]*/, '']],
  },
}
