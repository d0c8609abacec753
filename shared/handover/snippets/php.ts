import { type Dialect, expressionOf, lines, passphraseVariable, type SnippetKind, trusts } from '../snippet.ts'

const inPhp: Dialect = {
  quote: (text) => `'${text.replace(/[\\']/g, '\\$&')}'`,
  env: (variable) => `getenv('${variable}')`,
  envInUrl: (variable) => `rawurlencode(getenv('${variable}'))`,
  plus: ' . ',
}

export const php: SnippetKind = {
  id: 'php',
  name: 'PHP, curl',
  language: 'php',
  file: 'call.php',
  needs: 'PHP 7.4 or newer with the curl extension',
  run: 'php call.php',
  trust: trusts('the authorities that curl was built with, usually the system’s'),
  write({ url, method, headers, body, files, blanks, locked }) {
    const option = (name: string, value: string) => `    CURLOPT_${name} => ${value},`
    const given = headers.map(({ name, value }) =>
      value === '' ? inPhp.quote(`${name};`) : expressionOf(`${name}: ${value}`, blanks, inPhp),
    )
    // curl would call any body a web form.
    if (body !== undefined && !headers.some(({ name }) => name.toLowerCase() === 'content-type')) {
      given.push(inPhp.quote('Content-Type:'))
    }
    return lines(
      '<?php',
      `$call = curl_init(${expressionOf(url, blanks, inPhp, 'url')});`,
      'curl_setopt_array($call, [',
      option('SSLCERT', inPhp.quote(files.certificate)),
      option('SSLKEY', inPhp.quote(files.key)),
      locked && option('KEYPASSWD', inPhp.env(passphraseVariable)),
      files.serverCa && option('CAINFO', inPhp.quote(files.serverCa)),
      option('CUSTOMREQUEST', inPhp.quote(method)),
      method === 'HEAD' && option('NOBODY', 'true'),
      given.length > 0 && ['    CURLOPT_HTTPHEADER => [', ...given.map((one) => `        ${one},`), '    ],'],
      body !== undefined && option('POSTFIELDS', expressionOf(body, blanks, inPhp)),
      option('RETURNTRANSFER', 'true'),
      ']);',
      '$answer = curl_exec($call);',
      'if ($answer === false) {',
      '    fwrite(STDERR, curl_error($call) . PHP_EOL);',
      '    exit(1);',
      '}',
      'echo curl_getinfo($call, CURLINFO_RESPONSE_CODE), PHP_EOL, $answer, PHP_EOL;',
    )
  },
}
