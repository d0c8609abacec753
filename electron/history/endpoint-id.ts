import { createHash, randomBytes } from 'node:crypto'

/** The same identity at the same host and port is the same endpoint, whatever the path. */
export function endpointId(identity: string | null, host: string, port: number): string {
  return createHash('sha256')
    .update(`${identity ?? '-'} ${host.toLowerCase()} ${port}`)
    .digest('hex')
    .slice(0, 24)
}

export const newAttemptId = (): string => randomBytes(12).toString('hex')
