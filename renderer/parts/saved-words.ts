/** What was saved and where, short enough for one line: `Saved acme.crt, acme.key in /home/ann/keys`. */
export function savedWords(paths: readonly string[]): string {
  const cut = (path: string) => Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'))
  const names = paths.map((path) => path.slice(cut(path) + 1)).join(', ')
  const folder = paths[0]?.slice(0, Math.max(cut(paths[0]), 0))
  return folder ? `Saved ${names} in ${folder}` : `Saved ${names}`
}
