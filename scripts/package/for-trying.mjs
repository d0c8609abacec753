// @ts-check
/** In the name of every file that is no release whatever its version says: scripts/release/sign-feed.mjs signs none. */
export const forTrying = 'for-trying'
