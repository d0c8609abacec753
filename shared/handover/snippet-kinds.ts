import type { SnippetKind } from './snippet.ts'
import { axios } from './snippets/axios.ts'
import { bruno } from './snippets/bruno.ts'
import { curl } from './snippets/curl.ts'
import { dotnet } from './snippets/dotnet.ts'
import { go } from './snippets/go.ts'
import { httpie } from './snippets/httpie.ts'
import { insomnia } from './snippets/insomnia.ts'
import { javaApache5 } from './snippets/java-apache5.ts'
import { javaHttpClient } from './snippets/java-httpclient.ts'
import { k6 } from './snippets/k6.ts'
import { nodeFetch } from './snippets/node-fetch.ts'
import { nodeHttps } from './snippets/node-https.ts'
import { openssl } from './snippets/openssl.ts'
import { php } from './snippets/php.ts'
import { postman } from './snippets/postman.ts'
import { powershell } from './snippets/powershell.ts'
import { pythonHttpx } from './snippets/python-httpx.ts'
import { pythonRequests } from './snippets/python-requests.ts'
import { ruby } from './snippets/ruby.ts'
import { rust } from './snippets/rust.ts'
import { spring } from './snippets/spring.ts'
import { wget } from './snippets/wget.ts'

/** Every program and library a snippet can be written for, the command line first. */
export const snippetKinds: readonly SnippetKind[] = [
  curl,
  wget,
  httpie,
  openssl,
  nodeHttps,
  nodeFetch,
  axios,
  pythonRequests,
  pythonHttpx,
  go,
  javaHttpClient,
  javaApache5,
  spring,
  dotnet,
  php,
  ruby,
  rust,
  powershell,
  k6,
  postman,
  insomnia,
  bruno,
]
