/**
 * A name for the authority that takes over, by the usual count of generations: `Acme CA` → `Acme CA G2` → `Acme CA G3`.
 * Never longer than a common name may be (64 characters, X.520).
 */
export function nextName(name: string): string {
  const counted = /^(.*?) G(\d{1,4})$/.exec(name)
  const [base, number] = counted ? [counted[1] ?? '', Number(counted[2]) + 1] : [name, 2]
  const mark = ` G${number}`
  return `${base.slice(0, 64 - mark.length)}${mark}`
}
