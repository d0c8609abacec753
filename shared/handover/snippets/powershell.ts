import { type Dialect, expressionOf, lines, passphraseVariable, type SnippetKind } from '../snippet.ts'

const inPowershell: Dialect = {
  quote: (text) => `'${text.replaceAll("'", "''")}'`,
  env: (variable) => `$env:${variable}`,
  envInUrl: (variable) => `[uri]::EscapeDataString($env:${variable})`,
  plus: ' + ',
}

export const powershell: SnippetKind = {
  id: 'powershell',
  name: 'PowerShell',
  language: 'powershell',
  file: 'call.ps1',
  needs: 'PowerShell 7.4 or newer',
  run: 'pwsh call.ps1',
  trust: ({ files }) =>
    files.serverCa
      ? `Trusts the system’s authorities: a call cannot name others, so ${files.serverCa} has to be added to them first.`
      : 'Trusts the system’s authorities.',
  notes: ({ files }) =>
    files.serverCa
      ? [
          `On Windows, for this user: Import-Certificate -FilePath ${files.serverCa} -CertStoreLocation Cert:\\CurrentUser\\Root`,
        ]
      : [],
  write({ url, method, headers, body, files, blanks, locked }) {
    const quoted = inPowershell.quote
    const passphrase = locked ? ` (ConvertTo-SecureString $env:${passphraseVariable} -AsPlainText -Force)` : ''
    const path = `(Resolve-Path ${quoted(files.bundle)}).Path`
    const load = locked
      ? `Get-PfxCertificate -FilePath ${path} -Password${passphrase}`
      : `[System.Security.Cryptography.X509Certificates.X509Certificate2]::new(${path})`
    const type = headers.find(({ name }) => name.toLowerCase() === 'content-type')
    const others = headers.filter((header) => header !== type)
    return lines(
      `$own = ${load}`,
      '$call = @{',
      `    Uri = ${expressionOf(url, blanks, inPowershell, 'url')}`,
      `    Method = ${quoted(method)}`,
      '    Certificate = $own',
      '    SkipHttpErrorCheck = $true',
      type && `    ContentType = ${expressionOf(type.value, blanks, inPowershell)}`,
      others.length > 0 && [
        '    Headers = @{',
        ...others.map(({ name, value }) => `        ${quoted(name)} = ${expressionOf(value, blanks, inPowershell)}`),
        '    }',
      ],
      body !== undefined && `    Body = ${expressionOf(body, blanks, inPowershell)}`,
      '}',
      '$answer = Invoke-WebRequest @call',
      '$answer.StatusCode',
      '$answer.Content',
    )
  },
}
