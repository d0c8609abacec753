import { expressionOf, jsonQuote, lines, type SnippetKind, trusts } from '../snippet.ts'
import { blanksInUrl, contextImports, contextInJava, importLines, inJava } from './java.ts'

const client = 'org.apache.hc.client5.http'
const core = 'org.apache.hc.core5.http'

export const javaApache5: SnippetKind = {
  id: 'java-apache5',
  name: 'Java, Apache HttpClient 5',
  language: 'java',
  file: 'Call.java',
  needs: 'Java 11 or newer, org.apache.httpcomponents.client5:httpclient5 5.4 or newer',
  run: 'java -cp "lib/*" Call.java',
  trust: trusts('the authorities that come with Java (cacerts)'),
  write(call) {
    const { url, method, headers, body, blanks } = call
    return lines(
      importLines([
        ...contextImports(call),
        ...(blanksInUrl(call) ? ['java.net.URLEncoder', 'java.nio.charset.StandardCharsets'] : []),
        `${client}.impl.classic.CloseableHttpClient`,
        `${client}.impl.classic.HttpClients`,
        `${client}.impl.io.PoolingHttpClientConnectionManagerBuilder`,
        `${client}.ssl.DefaultClientTlsStrategy`,
        `${core}.io.entity.EntityUtils`,
        ...(body === undefined ? [] : [`${core}.io.entity.StringEntity`]),
        `${core}.io.support.ClassicRequestBuilder`,
      ]),
      'class Call {',
      contextInJava(call),
      '  public static void main(String[] arguments) throws Exception {',
      '    var connections =',
      '        PoolingHttpClientConnectionManagerBuilder.create()',
      '            .setTlsSocketStrategy(new DefaultClientTlsStrategy(context()))',
      '            .build();',
      '    try (CloseableHttpClient client = HttpClients.custom().setConnectionManager(connections).build()) {',
      '      var request =',
      `          ClassicRequestBuilder.create(${jsonQuote(method)})`,
      `              .setUri(${expressionOf(url, blanks, inJava, 'url')})`,
      headers.map(
        ({ name, value }) => `              .addHeader(${jsonQuote(name)}, ${expressionOf(value, blanks, inJava)})`,
      ),
      body !== undefined && `              .setEntity(new StringEntity(${expressionOf(body, blanks, inJava)}))`,
      '              .build();',
      '      client.execute(',
      '          request,',
      '          answer -> {',
      '            System.out.println(answer.getCode());',
      '            System.out.println(EntityUtils.toString(answer.getEntity()));',
      '            return null;',
      '          });',
      '    }',
      '  }',
      '}',
    )
  },
}
