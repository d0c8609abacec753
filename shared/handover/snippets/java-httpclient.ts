import { expressionOf, jsonQuote, lines, type SnippetKind, trusts } from '../snippet.ts'
import { blanksInUrl, contextImports, contextInJava, importLines, inJava } from './java.ts'

/** Java sets these itself and throws when a program does. */
const restricted = new Set(['connection', 'content-length', 'expect', 'host', 'upgrade'])

export const javaHttpClient: SnippetKind = {
  id: 'java-httpclient',
  name: 'Java, HttpClient',
  language: 'java',
  file: 'Call.java',
  needs: 'Java 11 or newer; 8u301, 11.0.12 or 17 for bundles with AES',
  run: 'java Call.java',
  trust: trusts('the authorities that come with Java (cacerts)'),
  notes: ({ headers }) =>
    headers.some(({ name }) => restricted.has(name.toLowerCase()))
      ? ['Java sets Host, Content-Length and Connection itself; they are left out.']
      : [],
  write(call) {
    const { url, method, headers, body, blanks } = call
    const publisher =
      body === undefined
        ? 'HttpRequest.BodyPublishers.noBody()'
        : `HttpRequest.BodyPublishers.ofString(${expressionOf(body, blanks, inJava)})`
    return lines(
      importLines([
        ...contextImports(call),
        'java.net.URI',
        'java.net.http.HttpClient',
        'java.net.http.HttpRequest',
        'java.net.http.HttpResponse',
        ...(blanksInUrl(call) ? ['java.net.URLEncoder', 'java.nio.charset.StandardCharsets'] : []),
      ]),
      'class Call {',
      contextInJava(call),
      '  public static void main(String[] arguments) throws Exception {',
      '    HttpClient client = HttpClient.newBuilder().sslContext(context()).build();',
      '    HttpRequest request =',
      `        HttpRequest.newBuilder(URI.create(${expressionOf(url, blanks, inJava, 'url')}))`,
      headers
        .filter(({ name }) => !restricted.has(name.toLowerCase()))
        .map(({ name, value }) => `            .header(${jsonQuote(name)}, ${expressionOf(value, blanks, inJava)})`),
      `            .method(${jsonQuote(method)}, ${publisher})`,
      '            .build();',
      '    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());',
      '    System.out.println(answer.statusCode());',
      '    System.out.println(answer.body());',
      '  }',
      '}',
    )
  },
}
