import { type Dialect, expressionOf, lines, passphraseVariable, type SnippetKind, trusts } from '../snippet.ts'

const inRuby: Dialect = {
  quote: (text) => `'${text.replace(/[\\']/g, '\\$&')}'`,
  env: (variable) => `ENV.fetch('${variable}')`,
  envInUrl: (variable) => `ERB::Util.url_encode(ENV.fetch('${variable}'))`,
  plus: ' + ',
}

export const ruby: SnippetKind = {
  id: 'ruby',
  name: 'Ruby, Net::HTTP',
  language: 'ruby',
  file: 'call.rb',
  needs: 'Ruby 3.0 or newer',
  run: 'ruby call.rb',
  trust: trusts('the system’s authorities, by way of OpenSSL'),
  write({ url, method, headers, body, files, blanks, locked }) {
    const inUrl = blanks.some((blank) => url.includes(`{${blank}}`))
    const passphrase = locked ? `, ${inRuby.env(passphraseVariable)}` : ''
    return lines(
      inUrl && "require 'erb'",
      "require 'net/http'",
      "require 'openssl'",
      '',
      `url = URI(${expressionOf(url, blanks, inRuby, 'url')})`,
      `own, *issuers = OpenSSL::X509::Certificate.load_file(${inRuby.quote(files.certificate)})`,
      'client = Net::HTTP.new(url.hostname, url.port)',
      'client.use_ssl = true',
      'client.cert = own',
      'client.extra_chain_cert = issuers unless issuers.empty?',
      `client.key = OpenSSL::PKey.read(File.read(${inRuby.quote(files.key)})${passphrase})`,
      files.serverCa && `client.ca_file = ${inRuby.quote(files.serverCa)}`,
      '',
      `request = Net::HTTPGenericRequest.new(${inRuby.quote(method)}, ${body === undefined ? 'false' : 'true'}, ${
        method === 'HEAD' ? 'false' : 'true'
      }, url)`,
      headers.map(({ name, value }) => `request[${inRuby.quote(name)}] = ${expressionOf(value, blanks, inRuby)}`),
      body !== undefined && `request.body = ${expressionOf(body, blanks, inRuby)}`,
      'answer = client.request(request)',
      'puts answer.code',
      'puts answer.body',
    )
  },
}
