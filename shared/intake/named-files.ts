/** A file that a line of configuration names, and what it is there. */
export type NamedFile = { path: string; as: string }

export type NamedFiles = {
  files: NamedFile[]
  /** What the text gives as passphrases: to be tried, never to be shown. */
  passphrases: string[]
  /** Names that hold a variable nobody here can fill. */
  unfilled: string[]
}

const mostText = 256 * 1024
const mostFiles = 40

/** Endings of the files that keys and certificates come in. */
const ending = /\.(pem|crt|cer|cert|der|key|p12|pfx|p8|pk8|csr|p7b|jks|keystore|truststore|ca|chain)$/i

const curlFiles: Record<string, string> = {
  '-E': 'curl -E',
  '--cert': 'curl --cert',
  '--key': 'curl --key',
  '--cacert': 'curl --cacert',
  '--certificate': 'wget --certificate',
  '--private-key': 'wget --private-key',
  '--ca-certificate': 'wget --ca-certificate',
}
const curlSecrets = new Set(['--pass'])

/** Directives of nginx, Apache httpd and HAProxy, each with a file after it. */
const directive =
  /^(?:proxy_|grpc_|uwsgi_)?ssl_(?:certificate|certificate_key|client_certificate|trusted_certificate)$|^SSL(?:Proxy)?(?:CertificateFile|CertificateKeyFile|CertificateChainFile|CACertificateFile|MachineCertificateFile)$|^(?:crt|ca-file)$/i

const secretName = /pass(?:word|phrase|wd)?$|_pwd$|keypass$|storepass$/i
const fileName =
  /(?:^|[_.-])(?:cert|certificate|crt|key|ca|cacert|cafile|chain|bundle|pem|p12|pfx|keystore|truststore)(?:s|file|path|_file|_path)?$/i

/**
 * The files that a curl call, an `.env` file or a line of nginx, Apache, HAProxy, Node.js, Python or Java names, in
 * their order, each once. Bounded and linear: the text is taken apart into words, and each is looked at by itself.
 */
export function namedFiles(text: string): NamedFiles {
  const files = new Map<string, NamedFile>()
  const passphrases = new Set<string>()
  const unfilled = new Set<string>()
  const add = (path: string, as: string) => {
    const clean = path.replace(/[;,]+$/, '')
    if (clean === '' || clean.length > 1024 || files.size >= mostFiles) return
    if (/[$%][{(A-Za-z_]/.test(clean.replace(/^(\$HOME|\$\{HOME\}|%USERPROFILE%)(?=[\\/])/, ''))) unfilled.add(clean)
    else if (!files.has(clean)) files.set(clean, { path: clean, as })
  }
  for (const line of logicalLines(text.slice(0, mostText)))
    readLine(wordsOf(line), add, (word) => void passphrases.add(word))
  return { files: [...files.values()], passphrases: [...passphrases].slice(0, 20), unfilled: [...unfilled] }
}

/** Lines, joined where one ends in a backslash (or in ^ or ` on Windows); what is commented out is no setting. */
function logicalLines(text: string): string[] {
  return text
    .replace(/[\\^`]\r?\n/g, ' ')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('//'))
}

type Word = { text: string; quoted: boolean }

/**
 * Words as a shell or a program's text has them: quotes hold one together, brackets and commas part them, and a
 * `${VARIABLE}` is part of its word. A quote that is never closed ends with its line. One pass over the line.
 */
function wordsOf(line: string): Word[] {
  const words: Word[] = []
  let bare = ''
  const end = () => {
    if (bare !== '') words.push({ text: bare, quoted: false })
    bare = ''
  }
  for (let at = 0; at < line.length; at++) {
    const sign = line[at]!
    if (sign === '"' || sign === "'") {
      const quoted = quotedFrom(line, at)
      at = quoted.end
      // NAME="value" is one word.
      if (bare.endsWith('=')) bare += quoted.text
      else {
        end()
        words.push({ text: quoted.text, quoted: true })
      }
    } else if (sign === '$' && line[at + 1] === '{') {
      const close = line.indexOf('}', at)
      const stop = close < 0 || close - at > 80 ? at + 1 : close
      bare += line.slice(at, stop + 1)
      at = stop
    } else if (/[\s(){}[\],;]/.test(sign)) end()
    else bare += sign
  }
  end()
  return words
}

/** What stands between quotes; inside of double ones a backslash may stand before a quote or itself. */
function quotedFrom(line: string, from: number): { text: string; end: number } {
  const quote = line[from]
  let text = ''
  for (let at = from + 1; at < line.length; at++) {
    const next = line[at + 1]
    if (line[at] === quote) return { text, end: at }
    if (quote === '"' && line[at] === '\\' && (next === '"' || next === '\\')) at++
    text += line[at]
  }
  return { text, end: line.length }
}

type Add = (path: string, as: string) => void

function readLine(words: readonly Word[], add: Add, secret: (word: string) => void): void {
  for (let at = 0; at < words.length; at++) {
    const { text, quoted } = words[at]!
    const next = words[at + 1]?.text
    const option = /^(--[a-z-]+)=(.+)$/.exec(text)
    const pair = /^(?:-D)?([A-Za-z_][\w.-]{0,80})[=:]([^=].*)$/.exec(text)
    if (option?.[1] && curlFiles[option[1]]) withPassphrase(option[2] ?? '', curlFiles[option[1]]!, add, secret)
    else if (next !== undefined && takesNext(text, next, add, secret)) at++
    else if (pair && !/^[A-Za-z]:[\\/]/.test(text)) setting(pair[1] ?? '', pair[2] ?? '', add, secret)
    // A quoted name, as `readFileSync('client.pem')` has it, or a bare path.
    else if (ending.test(text) && (quoted || /[\\/]/.test(text) || at === words.length - 1))
      add(text, 'named in the text')
  }
}

/** Options and directives whose value is the next word; false when this is none of them. */
function takesNext(text: string, next: string, add: Add, secret: (word: string) => void): boolean {
  if (Object.hasOwn(curlFiles, text)) withPassphrase(next, curlFiles[text]!, add, secret)
  else if (curlSecrets.has(text) || secretName.test(text.replace(/[:=]$/, ''))) secret(next)
  else if (directive.test(text)) add(next, text)
  else return false
  return true
}

function setting(name: string, value: string, add: Add, secret: (word: string) => void): void {
  if (secretName.test(name)) secret(value)
  else if (ending.test(value) || (fileName.test(name) && /[\\/]/.test(value))) add(value, name)
}

/** curl takes `FILE:PASSPHRASE`; the colon of a Windows drive is none of it. */
function withPassphrase(value: string, as: string, add: Add, secret: (word: string) => void): void {
  const colon = value.indexOf(':', /^[A-Za-z]:[\\/]/.test(value) ? 2 : 0)
  if (colon > 0) secret(value.slice(colon + 1))
  add(colon > 0 ? value.slice(0, colon) : value, as)
}
