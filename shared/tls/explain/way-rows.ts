import type { Row } from './row.ts'

const version = {
  'Node 20': [
    'write EPROTO 80AC01C21F7F0000:error:0A00042E:SSL routines:ssl3_read_bytes:tlsv1 alert protocol version:SSL alert number 70',
  ],
  Electron: [
    'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: error:1000042e:SSL routines:OPENSSL_internal:TLSV1_ALERT_PROTOCOL_VERSION',
  ],
  Go: ['remote error: tls: protocol version not supported'],
  Java: ['javax.net.ssl.SSLHandshakeException: Received fatal alert: protocol_version'],
  Python: ['ssl.SSLError: [SSL: TLSV1_ALERT_PROTOCOL_VERSION] tlsv1 alert protocol version (_ssl.c:1006)'],
} as const

/** The handshake and the way to the server, before anything about certificates. */
export const wayRows: readonly Row[] = [
  {
    id: 'S10',
    code: 'tls.version',
    cause: 'The server speaks only versions of TLS that are no longer used.',
    alerts: [70],
    texts: { ...version, curl: ['curl: (35) error:0A00014D:SSL routines::legacy sigalg disallowed or unsupported'] },
  },
  {
    id: 'S11',
    code: 'tls.version',
    cause: 'The client is limited to TLS 1.2, and the server takes only TLS 1.3.',
    next: 'Lift the limit in the client.',
    alerts: [70],
    texts: { ...version, curl: ['curl: (35) error:0A00042E:SSL routines::tlsv1 alert protocol version'] },
  },
  {
    id: 'S12',
    code: 'net.not-tls',
    cause: 'What answers at this port does not speak TLS: a plain HTTP port, or a proxy.',
    texts: {
      'Node 20': ['write EPROTO error:0A00010B:SSL routines:ssl3_get_record:wrong version number:'],
      Electron: ['ERR_SSL_WRONG_VERSION_NUMBER: error:100000f7:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER'],
      curl: ['curl: (35) error:0A00010B:SSL routines::wrong version number'],
      Go: ['http: server gave HTTP response to HTTPS client'],
      Java: ['javax.net.ssl.SSLException: Unsupported or unrecognized SSL message'],
      Python: ['ssl.SSLError: [SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1006)'],
    },
  },
  {
    id: 'S13',
    code: 'net.refused',
    cause: 'Nothing listens there: a wrong port, or the service is down.',
    texts: {
      'Node 20': ['connect ECONNREFUSED 127.0.0.1:9999'],
      Electron: ['connect ECONNREFUSED 127.0.0.1:9999'],
      curl: ["curl: (7) Failed to connect to localhost port 9999 after 0 ms: Couldn't connect to server"],
      Go: ['dial tcp 127.0.0.1:9999: connect: connection refused'],
      Java: ['java.net.ConnectException: Connection refused'],
      Python: ['ConnectionRefusedError: [Errno 111] Connection refused'],
    },
  },
  {
    id: 'S14',
    code: 'net.unresolved',
    cause: 'The name is not known: a slip of the pen, or a name of a private network.',
    texts: {
      'Node 20': ['getaddrinfo ENOTFOUND no-such-host.invalid'],
      Electron: ['getaddrinfo ENOTFOUND no-such-host.invalid'],
      curl: ['curl: (6) Could not resolve host: no-such-host.invalid'],
      Go: ['dial tcp: lookup no-such-host.invalid: no such host'],
      Java: ['java.net.UnknownHostException: no-such-host.invalid'],
      Python: ['socket.gaierror: [Errno -2] Name or service not known'],
    },
  },
  {
    id: 'S15',
    code: 'net.timeout',
    cause: 'No answer came: a firewall drops the connection, or your address is not on the provider’s allow-list.',
    texts: {
      'Node 20': ['connect ETIMEDOUT 192.0.2.1:443', 'timeout of 4000ms exceeded'],
      Electron: ['connect ETIMEDOUT 192.0.2.1:443'],
      curl: ['curl: (28) Connection timed out after 4000 milliseconds'],
      Go: ['context deadline exceeded (Client.Timeout exceeded while awaiting headers)'],
      Java: ['java.net.SocketTimeoutException: Read timed out'],
      Python: ['TimeoutError: _ssl.c:989: The handshake operation timed out'],
    },
  },
  {
    id: 'S16',
    code: 'net.reset',
    cause:
      'The connection was cut without a word: a firewall, an allow-list, or a server that refuses certificates in this way.',
    texts: {
      'Node 20': [
        'read ECONNRESET',
        'socket hang up',
        'Client network socket disconnected before secure TLS connection was established',
      ],
      Electron: ['read ECONNRESET'],
      curl: ['curl: (35) Recv failure: Connection reset by peer'],
      Go: ['read tcp 127.0.0.1:54604->127.0.0.1:9504: read: connection reset by peer'],
      Java: ['java.net.SocketException: Connection reset'],
      Python: ['ConnectionResetError: [Errno 104] Connection reset by peer'],
    },
  },
  {
    id: 'X13',
    code: 'net.proxy',
    cause: 'A proxy on the way wants a login, or does not let this host through.',
    texts: {
      curl: [
        'curl: (56) Received HTTP code 407 from proxy after CONNECT',
        'curl: (56) CONNECT tunnel failed, response 407',
      ],
      Go: ['Proxy Authentication Required'],
      Java: ['Unable to tunnel through proxy. Proxy returns "HTTP/1.1 407 Proxy Authentication Required"'],
      Python: [
        "ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 407 Proxy Authentication Required'))",
      ],
      Chromium: ['net::ERR_TUNNEL_CONNECTION_FAILED', 'net::ERR_PROXY_CONNECTION_FAILED'],
    },
  },
  {
    id: 'A40',
    code: 'tls.no-common-cipher',
    cause: 'Client and server share no cipher suite or key exchange. In TLS 1.2 a missing certificate reads the same.',
    alerts: [40, 71],
    texts: {},
  },
  {
    id: 'A47',
    code: 'tls.failed',
    cause: 'The server found a value in the handshake that it does not allow, such as a signature of a rare kind.',
    alerts: [47],
    texts: {},
  },
  {
    id: 'A49',
    code: 'client.not-admitted',
    cause: 'The server knows the certificate and does not admit it. GnuTLS says the same whatever is wrong with it.',
    alerts: [49],
    texts: {},
  },
  {
    id: 'A51',
    code: 'client.key-mismatch',
    cause: 'The signature does not fit the certificate: another key made it, or it was changed on the way.',
    alerts: [50, 51],
    texts: {},
  },
  {
    id: 'A80',
    code: 'server.fault',
    cause: 'The server has a fault of its own; GnuTLS also says so to a certificate whose key usage stops it.',
    alerts: [80],
    texts: {},
  },
  {
    id: 'A86',
    code: 'tls.version',
    cause: 'The client came again with an older version of TLS, though the server speaks a newer one.',
    alerts: [86],
    texts: {},
  },
  {
    id: 'A112',
    code: 'tls.server-name',
    cause: 'The server knows no host of the name that was asked for (SNI).',
    alerts: [112],
    texts: {},
  },
  {
    id: 'A120',
    code: 'tls.no-common-protocol',
    cause: 'Client and server share no application protocol (ALPN), such as HTTP/2 only.',
    alerts: [120],
    texts: {},
  },
]
