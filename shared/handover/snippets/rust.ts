import { type Dialect, expressionOf, lines, partsOf, passphraseVariable, type SnippetKind } from '../snippet.ts'

const quote = (text: string) =>
  `"${text.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')}"`

const inRust: Dialect = {
  quote,
  env: (variable) => `&std::env::var("${variable}")?`,
  envInUrl: (variable) => `&urlencoding::encode(&std::env::var("${variable}")?)`,
  plus: ' + ',
}

/** `&str` where nothing is read from the environment, a `String` otherwise. */
const text = (value: string, blanks: readonly string[], place: 'text' | 'url' = 'text') => {
  const open = partsOf(value, blanks).every((part) => 'text' in part)
  return open ? quote(value) : `String::new() + ${expressionOf(value, blanks, inRust, place)}`
}

export const rust: SnippetKind = {
  id: 'rust',
  name: 'Rust, reqwest',
  language: 'rust',
  file: 'main.rs',
  needs: 'Rust 1.70 or newer, reqwest 0.12 with the features blocking and native-tls',
  run: 'cargo run',
  trust: ({ files }) =>
    files.serverCa
      ? `Only the authorities in ${files.serverCa} are trusted.`
      : 'Trusts the system’s authorities, by way of its TLS library.',
  notes: ({ url, blanks }) => [
    'cargo add reqwest --no-default-features --features blocking,native-tls',
    ...(blanks.some((blank) => url.includes(`{${blank}}`)) ? ['cargo add urlencoding'] : []),
  ],
  write({ url, method, headers, body, files, blanks, locked }) {
    const passphrase = locked ? `&std::env::var("${passphraseVariable}")?` : '""'
    return lines(
      'use reqwest::{blocking::Client, Certificate, Identity, Method};',
      '',
      'fn main() -> Result<(), Box<dyn std::error::Error>> {',
      `    let own = Identity::from_pkcs12_der(&std::fs::read(${quote(files.bundle)})?, ${passphrase})?;`,
      files.serverCa
        ? [
            '    let mut client = Client::builder().use_native_tls().identity(own).tls_built_in_root_certs(false);',
            `    for ca in Certificate::from_pem_bundle(&std::fs::read(${quote(files.serverCa)})?)? {`,
            '        client = client.add_root_certificate(ca);',
            '    }',
          ]
        : ['    let client = Client::builder().use_native_tls().identity(own);'],
      '    let answer = client',
      '        .build()?',
      `        .request(Method::from_bytes(b${quote(method)})?, ${text(url, blanks, 'url')})`,
      headers.map(({ name, value }) => `        .header(${quote(name)}, ${text(value, blanks)})`),
      body !== undefined && `        .body(${text(body, blanks)})`,
      '        .send()?;',
      '    println!("{}", answer.status().as_u16());',
      '    println!("{}", answer.text()?);',
      '    Ok(())',
      '}',
    ).replace(files.serverCa ? '' : ', Certificate', '')
  },
}
