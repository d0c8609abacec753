/**
 * How much key derivation one file may cost. Iteration counts are written in the file, so a hostile file could ask for
 * hours. Costs are estimates in milliseconds, on the high side; files that people use stay under 500.
 */
export type Budget = { spend: (milliseconds: number) => boolean }

/** One budget covers every derivation for one file. `spend` answers false once it is exceeded. */
export function newBudget(limitMs = 10_000): Budget {
  let spent = 0
  return {
    spend(milliseconds) {
      spent += milliseconds
      return spent <= limitMs
    },
  }
}
