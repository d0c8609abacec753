/** What a renewal is called, so that it is told apart from the one before: `Acme live` → `Acme live 2027`. */
export function renewedName(name: string, today: Date): string {
  const stem = name.replace(/ (?:20\d\d|\(\d+\))$/, '').slice(0, 110)
  const wished = `${stem} ${today.getFullYear()}`
  return wished === name ? `${wished} (2)` : wished
}
