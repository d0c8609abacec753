import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { packages } from './given.ts'

/** Rust's snippet as a project, by a name of its own: runs beside each other share a folder for what they compile. Debian's packages hold the sources of its libraries, so that nothing is downloaded. */
const project = (name: string) => ({
  'Cargo.toml': `[package]
name = "${name}"
version = "0.0.0"
edition = "2021"

[[bin]]
name = "${name}"
path = "main.rs"

[dependencies]
reqwest = { version = "0.11", default-features = false, features = ["blocking", "native-tls"] }
urlencoding = "2"

[profile.dev]
debug = false
incremental = false
`,
  '.cargo/config.toml': `[source.crates-io]
replace-with = "debian"

[source.debian]
directory = "/usr/share/cargo/registry"
`,
})

const base = join(packages, 'cargo')

/** Debian's own compiler, not one that would download another; the libraries are compiled once for all runs. */
export const cargoEnv = {
  RUSTC: '/usr/bin/rustc',
  CARGO_HOME: join(base, 'home'),
  CARGO_TARGET_DIR: join(base, 'target'),
}

let compiled: Promise<unknown> | undefined

/** Compiles the libraries, which takes a minute the first time, so that a run's own time limit may be short. */
function prepare(): Promise<unknown> {
  compiled ??= compile()
  return compiled
}

async function compile(): Promise<unknown> {
  const folder = join(base, 'libraries')
  mkdirSync(join(folder, '.cargo'), { recursive: true })
  for (const [name, text] of Object.entries(project('libraries'))) writeFileSync(join(folder, name), text)
  writeFileSync(join(folder, 'main.rs'), 'fn main() {}\n')
  const env = { ...process.env, ...cargoEnv }
  const given = ['build', '--quiet', '--offline']
  return promisify(execFile)('/usr/bin/cargo', given, { cwd: folder, env, timeout: 900_000 })
}

export const prepareCargo = { project, prepare }
