// @ts-check
// Imported first by every script: an older Node gets a sentence instead of a syntax error somewhere else.
// Vite and Electron's installer load ES modules by require(), which Node has since 20.19 and 22.12.

/** @param {string} version */
export function nodeIsNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major === 20) return minor >= 19
  if (major === 22) return minor >= 12
  return major > 22
}

if (!nodeIsNewEnough(process.versions.node)) {
  process.stderr.write(
    `This needs Node 20.19 or newer (in the 22 line, 22.12); this is Node ${process.versions.node} at ${process.execPath}.\n` +
      'Install a newer one from https://nodejs.org or with your version manager, then run the command again.\n',
  )
  process.exit(1)
}
