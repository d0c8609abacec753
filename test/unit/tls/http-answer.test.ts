import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { httpAnswerIn } from '../../../shared/tls/http-answer.ts'

const read = (text: string) => httpAnswerIn(new TextEncoder().encode(text))

describe('an HTTP answer', () => {
  it('is read with its headers and body', () => {
    expect(read('HTTP/1.1 400 Bad Request\r\nServer: nginx\r\nX-A:  b \r\n\r\n<title>400 Zürich</title>')).toEqual({
      status: 400,
      statusText: 'Bad Request',
      headers: [
        ['Server', 'nginx'],
        ['X-A', 'b'],
      ],
      body: '<title>400 Zürich</title>',
      bodyBytes: 26,
      truncated: false,
    })
    expect(read('HTTP/1.0 200\r\n\r\n')).toMatchObject({ status: 200, statusText: '', body: '' })
  })

  it('in chunks is put together, as far as it came', () => {
    const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'
    expect(read(`${head}5\r\nhello\r\n6;x=y\r\n world\r\n0\r\n\r\n`)?.body).toBe('hello world')
    expect(read(`${head}5\r\nhel`)?.body).toBe('hel')
    expect(read(`${head}zz\r\nhello`)?.body).toBe('')
  })

  it('that breaks off in its head is marked, and a packed body left out', () => {
    expect(read('HTTP/1.1 200 OK\r\nA: b')).toMatchObject({ status: 200, truncated: true, body: '' })
    expect(read('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nxyz')?.body).toBe('')
  })

  it('is null for anything else, and never throws', () => {
    for (const text of ['', 'PRI * HTTP/2.0', 'HTTP/1.1 OK', 'hello']) expect(read(text)).toBeNull()
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void httpAnswerIn(bytes)))
    fc.assert(fc.property(fc.string(), (rest) => void read(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n${rest}`)))
  })
})
