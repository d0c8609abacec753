import type { Problem } from '../../shared/problems.ts'
import { UpdateFault } from './fault.ts'

/** What an error of the updater's library means. Its own messages quote addresses and headers, so they stay here. */
export function refusalOf(error: unknown, host: string): Problem {
  const { code = '', statusCode } = Object(error) as { code?: string; statusCode?: number }
  const feedWrong = (says: string): Problem => ({ code: 'update.feed-wrong', host, says })
  if (error instanceof UpdateFault) {
    switch (error.why) {
      case 'not-signed':
        return { code: 'update.not-signed', host }
      case 'size':
      case 'damaged':
        return { code: 'update.damaged', host }
      case 'redirect':
        return feedWrong('it leads somewhere else, again and again or out of TLS')
      case 'malformed':
        return feedWrong('it is not of the form that this version reads')
      case 'silent':
        return { code: 'update.unreachable', host, says: 'it broke off or fell silent' }
    }
  }
  if (code === 'ERR_CHECKSUM_MISMATCH') return { code: 'update.damaged', host }
  if (typeof statusCode === 'number') return feedWrong(`it answers with ${statusCode}`)
  if (/^ERR_UPDATER_/.test(code)) return feedWrong('it is not of the form that this version reads')
  if (code === 'ENOSPC' || code === 'EROFS' || code === 'EACCES') {
    return { code: 'update.not-writable', file: 'the folder for downloads' }
  }
  if (/status \d{3}/.test(String((error as Error | null)?.message))) return feedWrong('the file is not there')
  return {
    code: 'update.unreachable',
    host,
    says:
      networkWords[code] ?? (/CERT|TLS|SSL/.test(code) ? 'its certificate is not trusted' : 'there is no connection'),
  }
}

const networkWords: Record<string, string> = {
  ENOTFOUND: 'nobody knows its address',
  EAI_AGAIN: 'nobody answers for its address',
  ECONNREFUSED: 'nothing listens there',
  ETIMEDOUT: 'it does not answer',
  ECONNRESET: 'it closed the connection',
}
