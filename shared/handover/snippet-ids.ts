/** The programs by their ids, apart from what writes their code: the contract needs no more, and the page loads it early. */
export const snippetIds = [
  'curl',
  'wget',
  'httpie',
  'openssl',
  'node-https',
  'node-fetch',
  'axios',
  'python-requests',
  'python-httpx',
  'go',
  'java-httpclient',
  'java-apache5',
  'spring',
  'dotnet',
  'php',
  'ruby',
  'rust',
  'powershell',
  'k6',
  'postman',
  'insomnia',
  'bruno',
] as const

export type SnippetId = (typeof snippetIds)[number]
