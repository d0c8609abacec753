/**
 * The certificates that the practice provider knows as active, as the real one keeps them on file. Lives as long as
 * the practice provider runs; what was made before can be handed in again at the start.
 */
export type Listed = { sha256: string; spkiSha256: string; subject: string; notAfter: string }

export type Register = {
  active(now: Date): Listed[]
  has(sha256: string): boolean
  wasRevoked(sha256: string): boolean
  /**
   * A certificate for a key that is listed already takes the older one's place; with `beside`, only where more than so
   * many would be active: a renewal with the same key has both.
   */
  add(listed: Listed, beside?: { most: number; now: Date }): void
  revoke(sha256: string): boolean
  /** Refused from now on, known here or not. */
  turnAway(sha256: string): void
  /** Would one more, for another key, be more than `most`? */
  isFull(most: number | undefined, spkiSha256: string, now: Date): boolean
}

export function createRegister(): Register {
  const listed = new Map<string, Listed>()
  const revoked = new Set<string>()
  const active = (now: Date) => [...listed.values()].filter((one) => Date.parse(one.notAfter) >= now.getTime())
  return {
    active,
    has: (sha256) => listed.has(sha256),
    wasRevoked: (sha256) => revoked.has(sha256),
    add(one, beside) {
      const room = beside ? beside.most - active(beside.now).filter(({ sha256 }) => sha256 !== one.sha256).length : 0
      const older = [...listed.values()].filter(({ spkiSha256 }) => spkiSha256 === one.spkiSha256)
      for (const { sha256 } of room > 0 ? [] : older) listed.delete(sha256)
      listed.set(one.sha256, one)
      revoked.delete(one.sha256)
    },
    revoke(sha256) {
      if (!listed.delete(sha256)) return false
      revoked.add(sha256)
      return true
    },
    turnAway(sha256) {
      listed.delete(sha256)
      revoked.add(sha256)
    },
    isFull: (most, spkiSha256, now) =>
      most !== undefined && active(now).filter((one) => one.spkiSha256 !== spkiSha256).length >= most,
  }
}
