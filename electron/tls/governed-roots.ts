/** What a policy decides: certificates beside the usual roots, or nothing but them. PEM. */
export type GovernedRoots = { only: boolean; pems: readonly string[] }

let governed: GovernedRoots | null = null

/** Set once at the start, before the first connection: every connection of this process asks here. */
export function governRoots(roots: GovernedRoots | null): void {
  governed = roots
}

export const governedRoots = (): GovernedRoots | null => governed
