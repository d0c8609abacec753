import {
  type Dialect,
  expressionOf,
  jsonQuote,
  lines,
  passphraseVariable,
  type SnippetKind,
  trusts,
} from '../snippet.ts'

const inCsharp: Dialect = {
  quote: jsonQuote,
  env: (variable) => `Environment.GetEnvironmentVariable("${variable}")`,
  envInUrl: (variable) => `Uri.EscapeDataString(Environment.GetEnvironmentVariable("${variable}")!)`,
  plus: ' + ',
}

/** HttpClientHandler.ClientCertificates sends the leaf alone; a certificate context brings the issuers along. */
export const dotnet: SnippetKind = {
  id: 'dotnet',
  name: '.NET, HttpClient',
  language: 'csharp',
  file: 'Program.cs',
  needs: '.NET 9 or newer; before, new X509Certificate2Collection() and Import() read the bundle',
  run: 'dotnet run',
  trust: trusts('the system’s authorities'),
  write({ url, method, headers, body, files, blanks, locked }) {
    const passphrase = locked ? `Environment.GetEnvironmentVariable("${passphraseVariable}")` : 'null'
    const isContent = (name: string) => /^content-/i.test(name)
    const type = headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value
    return lines(
      'using System.Net.Security;',
      'using System.Security.Cryptography.X509Certificates;',
      'using System.Text;',
      '',
      `var bundle = X509CertificateLoader.LoadPkcs12CollectionFromFile(${jsonQuote(files.bundle)}, ${passphrase});`,
      'var own = bundle.First(one => one.HasPrivateKey);',
      'var issuers = new X509Certificate2Collection(bundle.Where(one => !one.HasPrivateKey).ToArray());',
      '',
      'using var handler = new SocketsHttpHandler();',
      'handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(own, issuers, offline: true);',
      files.serverCa && [
        'var trusted = new X509ChainPolicy',
        '{',
        '    TrustMode = X509ChainTrustMode.CustomRootTrust,',
        '    RevocationMode = X509RevocationMode.NoCheck,',
        '};',
        `trusted.CustomTrustStore.ImportFromPemFile(${jsonQuote(files.serverCa)});`,
        'handler.SslOptions.CertificateChainPolicy = trusted;',
      ],
      '',
      'using var client = new HttpClient(handler);',
      `using var request = new HttpRequestMessage(new HttpMethod(${jsonQuote(method)}), ${expressionOf(url, blanks, inCsharp, 'url')});`,
      headers
        .filter(({ name }) => !isContent(name))
        .map(
          ({ name, value }) =>
            `request.Headers.TryAddWithoutValidation(${jsonQuote(name)}, ${expressionOf(value, blanks, inCsharp)});`,
        ),
      body !== undefined && [
        `request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(${expressionOf(body, blanks, inCsharp)}));`,
        ...(type === undefined
          ? []
          : [
              `request.Content.Headers.TryAddWithoutValidation("Content-Type", ${expressionOf(type, blanks, inCsharp)});`,
            ]),
      ],
      'using var answer = await client.SendAsync(request);',
      'Console.WriteLine((int)answer.StatusCode);',
      'Console.WriteLine(await answer.Content.ReadAsStringAsync());',
    )
  },
}
